using Cardea.Data;
using Cardea.Features.SecondFactors.Security;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.EmailAddresses;

/// <summary>Under "manage my account" (S2-10).</summary>
[SignedInRecently]
public sealed class ChangeCodeModel(AppDbContext db, SendEmailCode sendEmailCode, ChangeEmail changeEmail, IStringLocalizer<Words> words)
    : EnterCodeModel(db, sendEmailCode, changeEmail, words)
{
    public const string Path = "/account/email/code";

    public override string EmailPage => ChangeModel.Path;

    protected override string CodePage => Path;

    protected override string Onward => $"{ChangeModel.Path}?changed=true";
}
