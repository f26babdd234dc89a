using Cardea.Features.Messages;
using Cardea.Hosting;

namespace Cardea.Features.SecurityQuestions;

public static class SecurityQuestionsFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddSecurityQuestions()
        {
            builder.Services.AddSettings<SecurityQuestionSettings, SecurityQuestionSettingsValidator>(SecurityQuestionSettings.Section);
            builder.Services.AddMail<SecurityQuestionsChangedMail>();
            builder.Services.AddScoped<SetSecurityQuestions>();
            return builder;
        }
    }
}
