using Cardea.Data;
using Cardea.Features.AccessReview;
using Cardea.Features.Accounts;
using Cardea.Features.Agreements;
using Cardea.Features.Alarms;
using Cardea.Features.Announcements;
using Cardea.Features.Audit;
using Cardea.Features.Callers;
using Cardea.Features.EmailAddresses;
using Cardea.Features.Invitations;
using Cardea.Features.Lifecycle;
using Cardea.Features.Messages;
using Cardea.Features.MyAccount;
using Cardea.Features.Organizations;
using Cardea.Features.Passwords;
using Cardea.Features.People;
using Cardea.Features.Permissions;
using Cardea.Features.Recovery;
using Cardea.Features.SecondFactors;
using Cardea.Features.SecondFactors.Security;
using Cardea.Features.SecondPerson;
using Cardea.Features.SecurityQuestions;
using Cardea.Features.Sessions;
using Cardea.Features.SetUp;
using Cardea.Features.SignIn;
using Cardea.Features.SignIn.Journey;
using Cardea.Hosting.Jobs;
using Cardea.Policies;

namespace Cardea.Hosting;

/// <summary>The table of contents: what the product is made of, and in which order a request meets it.</summary>
public static class Composition
{
    /// <summary>One configuration for both faces, server and command line: appsettings.json beside the binary, environment, "--Cardea:…" options.</summary>
    public static WebApplicationBuilder NewBuilder(string[] args)
    {
        // Without what the usual builder brings for other servers and other systems, and nobody here asks for.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],   // a changed setting takes a restart
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        return builder;
    }

    extension(WebApplicationBuilder builder)
    {
        public WebApplicationBuilder AddCardea()
        {
            builder.AddCore();
            builder.AddMessageSending();
            builder.AddAlarmWatch();
            builder.AddMaintenanceWatch();
            builder.AddRecoveryDesk();
            builder.Services.AddHostedService<JobScheduler>();
            builder.AddServer();
            builder.AddTelemetry();
            builder.AddPages();
            return builder;
        }
    }

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>All that acts without a browser: what the command line needs, too.</summary>
        public IHostApplicationBuilder AddCore()
        {
            PolicyPreset.AddTo(builder.Configuration);
            builder.Services.AddSingleton<PolicyBook>();
            builder.Services.AddSingleton<PolicyInForce>();
            builder.Services.AddSingleton<Troubles>();
            builder.Services.AddSingleton(new KnownKey(PolicyPreset.Key));
            builder.Services.AddSingleton(new KnownKey(PublicAddress.Key));
            builder.Services.AddSingleton(new KnownKey(ServerSetup.KnownProxiesKey));
            builder.Services.AddSingleton(TimeProvider.System);

            builder.AddData();
            builder.AddAudit();
            builder.AddAccounts();
            builder.AddOrganizations();
            builder.AddPasswords();
            builder.AddPermissions();
            builder.AddAgreements();
            builder.AddEmailAddresses();
            builder.AddSecurityQuestions();
            builder.AddAlarms();
            builder.AddSecondFactors();
            builder.AddMyAccount();
            builder.AddPeople();
            builder.AddAccessReview();
            builder.AddCallers();
            builder.AddSecondPerson();
            builder.AddSessions();
            builder.AddSignIn();
            builder.AddRecovery();
            builder.AddInvitations();
            builder.AddLifecycle();
            builder.AddAnnouncements();
            builder.AddMessages();
            builder.AddSetUp();
            return builder;
        }
    }

    extension(WebApplication app)
    {
        public WebApplication UseCardea()
        {
            app.UseForwardedHeaders();
            app.UseOurSecurityHeaders();
            app.UseFriendlyErrors();
            app.UseMiddleware<KnownHosts>();
            app.UseMiddleware<EncryptedTransport>();
            app.UseMiddleware<KnownMethods>();
            app.UseMiddleware<AmbiguousCookies>();
            app.UseMiddleware<OwnOrigin>();
            app.UseRouting();
            app.UseAuthentication();
            app.UseLanguages();
            app.UseMiddleware<Turnstile>();
            app.UseMiddleware<JourneyGate>();
            app.UseMiddleware<RecentProof>();
            app.UseAuthorization();
            app.UseMiddleware<OnePersonsShare>();

            app.MapStaticAssets().WithMetadata(new NeedsNoSession()).AllowAnonymous();
            app.MapHealth();
            app.MapRazorPages().WithStaticAssets();
            app.SettleOnceStarted();
            return app;
        }

        /// <summary>
        /// Which pages there are takes a quarter of the start to find out, and another processor can do so meanwhile. Whatever is wrong with them
        /// is found again, and said, when the server asks.
        /// </summary>
        public Task FindPagesAsync() =>
            Task.Run(() => ((IEndpointRouteBuilder)app).DataSources.Sum(source => source.Endpoints.Count));

        /// <summary>Before the first request: the database fits, its tables and the names in it; and what the sign-in page says is known.</summary>
        public async Task PrepareAsync()
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<Schema>().PrepareAsync(app.Lifetime.ApplicationStopping);
            await scope.ServiceProvider.GetRequiredService<NamesOnFile>().CheckAsync(app.Lifetime.ApplicationStopping);
            await scope.ServiceProvider.GetRequiredService<FindablePeople>().FillAsync(app.Lifetime.ApplicationStopping);
            await scope.ServiceProvider.GetRequiredService<WatchForMaintenance>().RunAsync(app.Lifetime.ApplicationStopping);
        }
    }
}
