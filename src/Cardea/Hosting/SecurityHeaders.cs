namespace Cardea.Hosting;

public static class SecurityHeaders
{
    extension(WebApplication app)
    {
        /// <summary>The same for every answer, errors and files included (V3.4, A-23). Nothing inline is ever allowed.</summary>
        public WebApplication UseOurSecurityHeaders()
        {
            var policies = new HeaderPolicyCollection()
                .AddFrameOptionsDeny()
                .AddContentTypeOptionsNoSniff()
                .AddReferrerPolicyNoReferrer()
                .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
                .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
                .AddCrossOriginEmbedderPolicy(policy => policy.RequireCorp())
                .AddPermissionsPolicy(policy =>
                {
                    policy.AddDefaultSecureDirectives();
                    policy.AddPublickeyCredentialsGet().Self();   // passkeys
                })
                .AddStrictTransportSecurityMaxAgeIncludeSubDomains(maxAgeInSeconds: 2 * 365 * 24 * 60 * 60)
                .AddContentSecurityPolicy(policy =>
                {
                    policy.AddDefaultSrc().None();
                    policy.AddScriptSrc().Self();
                    policy.AddStyleSrc().Self();
                    policy.AddImgSrc().Self();
                    policy.AddFontSrc().Self();
                    policy.AddConnectSrc().Self();
                    policy.AddFormAction().Self();
                    policy.AddBaseUri().None();
                    policy.AddObjectSrc().None();
                    policy.AddFrameAncestors().None();
                });
            SecurityHeadersMiddlewareExtensions.UseSecurityHeaders(app, policies);
            app.Use(PrivatePagesAreNotKept);
            return app;
        }
    }

    /// <summary>Pages are never stored, not even for the back button (V14.2.2, X-02); files with a fingerprint say otherwise themselves.</summary>
    private static Task PrivatePagesAreNotKept(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            if (context.Response.Headers.CacheControl.Count == 0 || context.GetEndpoint()?.Metadata.GetMetadata<Features.Sessions.NeedsNoSession>() is null)
            {
                context.Response.Headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }
}
