namespace Cardea.Features.People;

public static class PeopleFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddPeople()
        {
            builder.Services.AddScoped<PeopleList>();
            builder.Services.AddScoped<ActTools>();
            return builder;
        }
    }
}
