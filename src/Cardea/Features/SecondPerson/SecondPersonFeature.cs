namespace Cardea.Features.SecondPerson;

public static class SecondPersonFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddSecondPerson()
        {
            builder.Services.AddScoped<WaitingActs>();
            builder.Services.AddScoped<SecondPersons>();
            builder.Services.AddScoped<AskSecondPerson>();
            builder.Services.AddScoped<ConfirmAct>();
            builder.Services.AddScoped<EndAct>();
            return builder;
        }
    }
}
