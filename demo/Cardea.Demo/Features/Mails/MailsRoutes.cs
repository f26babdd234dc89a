using Cardea.Demo.Features.Mailbox;
using Cardea.Features.Messages;
using Cardea.Features.Sessions;
using Cardea.Hosting;

namespace Cardea.Demo.Features.Mails;

/// <summary>A gallery: what every mail looks like, in every language, without waiting for its day.</summary>
public static class MailsRoutes
{
    public const string Page = "/demo/mails";

    extension(WebApplicationBuilder builder)
    {
        public WebApplicationBuilder AddMails()
        {
            builder.Services.AddScoped<SampleMails>();
            return builder;
        }
    }

    extension(WebApplication app)
    {
        public WebApplication MapMails()
        {
            app.MapGet($"{Page}/{{language}}/{{kind}}", ShowAsync)
                .WithMetadata(new NeedsNoSession()).AllowAnonymous()
                .WithSecurityHeadersPolicy(MailboxRoutes.AMailOnItsOwn);
            return app;
        }
    }

    private static async Task<IResult> ShowAsync(string language, string kind, SampleMails mails, MailComposer composer, CancellationToken cancellationToken)
    {
        if (!Languages.All.Contains(language) || mails.All().SingleOrDefault(mail => mail.Kind == kind) is not { } sample)
        {
            return Results.NotFound();
        }

        var message = await composer.ComposeAsync(Guid.Empty, sample.In(language), cancellationToken);
        return Results.Content(message.HtmlBody, "text/html; charset=utf-8");
    }
}
