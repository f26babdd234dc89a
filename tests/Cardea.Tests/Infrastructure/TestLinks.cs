using Cardea.Data;
using Cardea.Features.Invitations;
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
            var now = app.Clock.Now;
            await app.WriteAsync(db => db.AccountActivity
                .Where(a => a.AccountId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.LastSignInCompletedAt, now)));
            return RecoveryPages.Link(await app.AddLinkAsync(person, isInvitation: false));
        }

        /// <summary>As if the person, who has not been in, had been invited: the address of the link.</summary>
        public async Task<string> AddInvitationAsync(TestPerson person) => InvitationPages.Link(await app.AddLinkAsync(person, isInvitation: true));

        private async Task<string> AddLinkAsync(TestPerson person, bool isInvitation)
        {
            var secret = Secrets.New();
            await app.WriteAsync(async db =>
            {
                db.Add(new ResetLink
                {
                    Id = app.Clock.NewId(),
                    AccountId = person.Id,
                    SecretHash = Secrets.Hash(secret),
                    SentTo = EmailAddressRules.Folded(person.Email),
                    MadeAt = app.Clock.Now,
                    PasswordSetAt = await db.Accounts.Where(a => a.Id == person.Id).Select(a => a.PasswordSetAt).SingleAsync(),
                    IsInvitation = isInvitation,
                });
                await db.SaveChangesAsync();
            });
            return secret;
        }
    }
}
