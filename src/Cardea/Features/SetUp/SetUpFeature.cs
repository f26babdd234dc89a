namespace Cardea.Features.SetUp;

public static class SetUpFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddSetUp()
        {
            builder.Services.AddSingleton<RegistryProfile>();
            builder.Services.AddScoped<SetUpDoor>();
            builder.Services.AddScoped<SetUpRegistry>();
            builder.Services.AddSingleton(Console.Out);
            builder.Services.AddHostedService<SetUpInvitation>();
            return builder;
        }
    }
}
