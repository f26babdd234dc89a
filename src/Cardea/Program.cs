using Cardea.Hosting;

if (CommandLine.IsAsked(args))
{
    return await CommandLine.RunAsync(args);
}

return await ConfigurationMistakes.StopTheStartAsync(async () =>
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.AddCardea();

    var app = builder.Build();
    app.UseCardea();
    await app.PrepareAsync();
    await app.RunAsync();
});
