using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Features.SignIn.Journey;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors;

/// <summary>The preference page (S1-05).</summary>
public sealed class ChooseModel(FactorWays ways, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public IReadOnlyList<FactorKinds> Kinds => ways.Allowed(HttpContext.RequiredPerson);

    public IActionResult OnPost() =>
        Input.Kind is [var kind] && Kinds.Contains(kind)
            ? Redirect(JourneyLinks.With(FactorPages.Here(Request, FactorPages.SetUp(kind)), JourneyLinks.Onward(Request)))
            : this.PageWithError("Input.Kind", words["KindMissing"]);

    public sealed class Form
    {
        /// <summary>A list, so that two choices at once are none.</summary>
        public List<FactorKinds> Kind { get; set; } = [];
    }
}
