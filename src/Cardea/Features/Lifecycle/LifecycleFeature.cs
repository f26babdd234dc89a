using Cardea.Hosting;

namespace Cardea.Features.Lifecycle;

public static class LifecycleFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddLifecycle()
        {
            builder.Services.AddSettings<LifecycleSettings, LifecycleSettingsValidator>(LifecycleSettings.Section);
            return builder;
        }
    }
}
