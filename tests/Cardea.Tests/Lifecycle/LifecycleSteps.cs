using Cardea.Features.Lifecycle;
using Cardea.Features.Messages;

namespace Cardea.Tests.Lifecycle;

/// <summary>What the server does every hour, at once.</summary>
public static class LifecycleSteps
{
    extension(CardeaApp app)
    {
        public async Task GoTheRoundsAsync()
        {
            await app.RunAsync<SendNotices, bool>(async notices =>
            {
                await notices.RunAsync(CancellationToken.None);
                return true;
            });
            await app.RunAsync<InactivateAccounts, bool>(async accounts =>
            {
                await accounts.RunAsync(CancellationToken.None);
                return true;
            });
        }

        /// <summary>As many days as that, with a round on each.</summary>
        public async Task LiveThroughAsync(int days)
        {
            for (var day = 0; day < days; day++)
            {
                app.Clock.Advance(TimeSpan.FromDays(1));
                await app.GoTheRoundsAsync();
            }
        }

        public Task<int> PromisedAsync<TMail>(TestPerson person)
            where TMail : IMail
        {
            var kind = TMail.Kind;
            return app.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.AccountId == person.Id && m.Kind == kind));
        }

        public Task<bool> IsInactiveAsync(TestPerson person) => app.ReadAsync(db => db.Accounts.AnyAsync(a => a.Id == person.Id && a.InactivatedAt != null));
    }
}
