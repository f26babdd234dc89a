using Cardea.Data;
using Cardea.Features.SignIn.Journey;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.EmailAddresses;

/// <summary>Within the step of the work email address (S2-07).</summary>
public sealed class CodeModel(AppDbContext db, SendEmailCode sendEmailCode, ChangeEmail changeEmail, IStringLocalizer<Words> words)
    : EnterCodeModel(db, sendEmailCode, changeEmail, words)
{
    public override string EmailPage => JourneyLinks.With("/sign-in/email", Onward);

    protected override string CodePage => JourneyLinks.With("/sign-in/email/code", Onward);

    protected override string Onward => JourneyLinks.Onward(Request);
}
