using Cardea.Features.Sessions;

namespace Cardea.Demo.Features.Mailbox;

/// <summary>Open to everybody who reaches the demo, at any step of a sign-in: the mailbox stands for a mail program beside the browser.</summary>
public static class MailboxRoutes
{
    public const string Page = "/demo/mailbox";

    public const string AMailOnItsOwn = "a-mail-on-its-own";

    extension(WebApplicationBuilder builder)
    {
        public WebApplicationBuilder AddMailbox(DemoFolder folder)
        {
            builder.Services.AddSingleton(folder);
            builder.Services.AddSingleton<Mailbox>();

            // Mails carry their styles in their tags. Shown in a sandbox of its own, a mail can do no more than look like itself.
            builder.Services.AddSecurityHeaderPolicies().AddPolicy(AMailOnItsOwn, headers => headers
                .AddContentTypeOptionsNoSniff()
                .AddReferrerPolicyNoReferrer()
                .AddContentSecurityPolicy(policy =>
                {
                    policy.AddDefaultSrc().None();
                    policy.AddStyleSrc().UnsafeInline();
                    policy.AddFrameAncestors().None();
                    policy.AddSandbox();
                }));
            return builder;
        }
    }

    extension(WebApplication app)
    {
        public WebApplication MapMailbox()
        {
            app.MapGet($"{Page}.json", (Mailbox mailbox) => mailbox.NewestFirst())
                .WithMetadata(new NeedsNoSession()).AllowAnonymous();
            app.MapGet($"{Page}/{{id}}", (string id, Mailbox mailbox) =>
                    mailbox.Find(id) is { } message ? Results.Content(message.Html, "text/html; charset=utf-8") : Results.NotFound())
                .WithMetadata(new NeedsNoSession()).AllowAnonymous()
                .WithSecurityHeadersPolicy(AMailOnItsOwn);
            return app;
        }
    }
}
