using Cardea.Hosting;
using Cardea.Hosting.Jobs;

namespace Cardea.Features.AccessReview;

public static class AccessReviewFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddAccessReview()
        {
            builder.Services.AddSettings<AccessReviewSettings, AccessReviewSettingsValidator>(AccessReviewSettings.Section);
            builder.Services.AddScoped<UnconfirmedAccess>();
            builder.Services.AddScoped<ConfirmAccess>();
            builder.Services.AddHourlyJob<EndUnconfirmedAccess>();
            return builder;
        }
    }
}
