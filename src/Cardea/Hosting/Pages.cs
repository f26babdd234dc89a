using System.Text.Unicode;
using Cardea.Features.SecondFactors.Security;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.WebEncoders;

namespace Cardea.Hosting;

/// <summary>Razor Pages out of the feature folders, three languages, form tokens; everything needs a signed-in person unless it says otherwise.</summary>
public static class Pages
{
    extension(WebApplicationBuilder builder)
    {
        public WebApplicationBuilder AddPages()
        {
            builder.AddHealth();
            builder.AddFriendlyErrors();
            builder.Services.AddLocalization();
            builder.Services
                .AddRazorPages(pages =>
                {
                    pages.RootDirectory = "/Features";
                    pages.Conventions.AddFolderRouteModelConvention("/SecondFactors", SecurityRoutes.Add);
                    pages.Conventions.ConfigureFilter(new IgnoreAntiforgeryTokenAttribute());   // FormGuard checks it, and is kinder
                })
                .AddMvcOptions(mvc =>
                {
                    mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();   // one way to name a field: not "Input[Name]", too (V15.3.7)
                    mvc.Filters.Add<FormGuard>();
                    mvc.Filters.AddService<Drafts>();
                    mvc.Filters.Add<FrameOfThisPage>();
                })
                .AddApplicationPart(typeof(Pages).Assembly)   // the demo host serves the same pages
                .ConfigureApplicationPartManager(LookForNoControllers);
            builder.Services.AddScoped(services =>
                services.GetRequiredService<IHttpContextAccessor>().HttpContext?.Features.Get<Frame>()
                ?? throw new InvalidOperationException("A frame is there only while a page is rendered."));
            builder.Services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new(UnicodeRanges.All));   // é as é: shorter pages
            builder.Services.AddRouting(routing => routing.LowercaseUrls = true);
            builder.Services.AddHttpContextAccessor();
            builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            builder.Services.AddAntiforgery();
            builder.Services.AddOptions<AntiforgeryOptions>().Configure<IHttpContextAccessor>((forms, requests) => forms.Cookie = new FormCookie(requests)
            {
                SameSite = SameSiteMode.Strict,
                SecurePolicy = CookieSecurePolicy.SameAsRequest,
                HttpOnly = true,
                IsEssential = true,
                Path = "/",
            });
            builder.Services.AddSingleton<IAntiforgeryAdditionalDataProvider, FormsOfThisSession>();
            return builder;
        }
    }

    /// <summary>There are only pages. To find that out, the framework would look through all types at every start.</summary>
    private static void LookForNoControllers(ApplicationPartManager parts) =>
        parts.FeatureProviders.Remove(parts.FeatureProviders.OfType<ControllerFeatureProvider>().Single());
}

/// <summary>The framework asks for one name for ever; ours has its prefix wherever the browser allows it .</summary>
public sealed class FormCookie(IHttpContextAccessor requests) : CookieBuilder
{
    public override string? Name
    {
        get => requests.HttpContext is { } context ? Cookies.NameOf(Cookies.Form, context.Request) : Cookies.Form;
        set => throw new NotSupportedException("The name follows from the request.");
    }
}

/// <summary>Binds a form's token to the session it was shown in: a pair planted from another session is refused .</summary>
public sealed class FormsOfThisSession : IAntiforgeryAdditionalDataProvider
{
    public string GetAdditionalData(HttpContext context) => context.Person?.SessionId.ToString() ?? "";

    public bool ValidateAdditionalData(HttpContext context, string additionalData) => additionalData == GetAdditionalData(context);
}
