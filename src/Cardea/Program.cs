using Cardea.CommandLine;
using Cardea.Hosting;

if (Commands.AreAsked(args))
{
    return await Commands.RunAsync(args);
}

return await ConfigurationMistakes.StopTheStartAsync(async () =>
{
    var builder = Composition.NewBuilder(args);
    builder.AddCardea();

    var app = builder.Build();
    app.UseCardea();
    await app.PrepareAsync();
    await app.RunAsync();
});
