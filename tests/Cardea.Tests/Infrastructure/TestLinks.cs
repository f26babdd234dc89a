using Cardea.Data;
using Cardea.Features.Recovery;
using Cardea.Features.Sessions;
using Cardea.Rules.EmailAddresses;

namespace Cardea.Tests.Infrastructure;

public static class TestLinks
{
    extension(CardeaApp app)
    {
        /// <summary>As if the person, who has been in before, had asked for a reset link: its address.</summary>
        public async Task<string> AddResetLinkAsync(TestPerson person)
        {
            var (secret, now) = (Secrets.New(), app.Clock.Now);
            await app.WriteAsync(async db =>
            {
                await db.AccountActivity.Where(a => a.AccountId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.LastSignInCompletedAt, now));
                db.Add(new ResetLink
                {
                    Id = app.Clock.NewId(),
                    AccountId = person.Id,
                    SecretHash = Secrets.Hash(secret),
                    SentTo = EmailAddressRules.Folded(person.Email),
                    MadeAt = now,
                    PasswordSetAt = await db.Accounts.Where(a => a.Id == person.Id).Select(a => a.PasswordSetAt).SingleAsync(),
                });
                await db.SaveChangesAsync();
            });
            return RecoveryPages.Link(secret);
        }
    }
}
