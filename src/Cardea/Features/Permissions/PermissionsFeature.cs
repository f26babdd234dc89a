using Cardea.Hosting;

namespace Cardea.Features.Permissions;

public static class PermissionsFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddPermissions()
        {
            builder.Services.AddSettings<PermissionSettings, PermissionSettingsValidator>(PermissionSettings.Section);
            return builder;
        }
    }
}
