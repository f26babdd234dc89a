using Deque.AxeCore.Commons;

namespace Cardea.BrowserTests.Infrastructure;

/// <summary>What every page owes to everybody (WCAG 2.2 AA). Each complaint names the page, the element and what is wrong with it.</summary>
public static class Accessibility
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>
    /// All of its rules, best practices included; those of WCAG 2.2 must be asked for. In the page itself: no frame of another origin is in it,
    /// for whose sake axe's own driver opens a second page each time, which takes twice as long.
    /// </summary>
    private const string RunAllRules =
        """
        async () => {
          const { passes, violations } = await axe.run(document, { rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] });
          return {
            rulesPassed: passes.length,
            complaints: violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id} (${help}) at ${html}`)),
          };
        }
        """;

    private const string SidewaysScrolling =
        """
        () => {
          const { scrollWidth, clientWidth } = document.documentElement;
          if (scrollWidth <= clientWidth) return [];
          const tooWide = [...document.querySelectorAll("body *")].filter(element => element.getBoundingClientRect().right > clientWidth + 1);
          return [`${scrollWidth} px wide on a screen of ${clientWidth} px`, ...tooWide.map(element => element.outerHTML.slice(0, 100))];
        }
        """;

    private const string ClippedTexts =
        """
        () => [...document.querySelectorAll("body *")]
          .filter(element => {
            const style = getComputedStyle(element);
            const hides = overflow => overflow === "hidden" || overflow === "clip";
            return !element.closest(".usa-sr-only, svg") && element.getClientRects().length > 0 && (
              hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1
              || hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1
              || element.matches("button, .usa-button, select") && element.scrollWidth > element.clientWidth + 1);
          })
          .map(element => `cut off: ${element.outerHTML.slice(0, 100)}`)
        """;

    /// <summary>By the style sheet's own means: an inline style would break the content security policy.</summary>
    private const string SpaceTextOut =
        """
        () => {
          const spacing = new CSSStyleSheet();
          spacing.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }");
          document.adoptedStyleSheets = [spacing];
        }
        """;

    private const string SetTextAsUsual = "() => { document.adoptedStyleSheets = []; document.documentElement.style.fontSize = ''; }";

    private const string DoubleTextSize = "() => { document.documentElement.style.fontSize = '200%'; }";

    /// <summary>In the order of the page; what cannot be seen is no help.</summary>
    private const string WaysToHelp =
        """
        () => {
          const ways = {
            "guidance": "header a[href$='/guidance']", "help page": "header form[action$='/help'] button", "content": "main",
            "phone": "footer a[href^='tel:']", "email": "footer a[href^='mailto:']", "website": "footer a[href^='http']",
          };
          return [...document.querySelectorAll(Object.values(ways))]
            .filter(element => element.checkVisibility() && element.getBoundingClientRect().width > 0)
            .map(element => Object.keys(ways).find(way => element.matches(ways[way])));
        }
        """;

    extension(IPage page)
    {
        public async Task ShouldBeAccessibleAsync()
        {
            await page.EvaluateAsync(Axe);
            var result = (await page.EvaluateAsync(RunAllRules))!.Value;
            Assert.NotEqual(0, result.GetProperty("rulesPassed").GetInt32());
            Assert.All(result.GetProperty("complaints").EnumerateArray(), complaint => Assert.Fail($"{page.Url}: {complaint}"));
        }

        /// <summary>W-1.4.4, W-1.4.10, W-1.4.12: nothing is cut off or needs sideways scrolling, however small the screen and large the text.</summary>
        public async Task ShouldFitAsync()
        {
            await page.SetViewportSizeAsync(Screens.Phone.Width, Screens.Phone.Height);
            await page.ShouldFitAsItIsAsync("320 px wide");
            await page.EvaluateAsync(SpaceTextOut);
            await page.ShouldFitAsItIsAsync("320 px wide, text spaced out");
            await page.EvaluateAsync(SetTextAsUsual);

            await page.SetViewportSizeAsync(Screens.Desktop.Width, Screens.Desktop.Height);
            await page.EvaluateAsync(SpaceTextOut);
            await page.ShouldFitAsItIsAsync("text spaced out");
            await page.EvaluateAsync(SetTextAsUsual);
            await page.EvaluateAsync(DoubleTextSize);
            await page.ShouldFitAsItIsAsync("text at 200 %");
            await page.EvaluateAsync(SetTextAsUsual);
        }

        /// <summary>W-3.2.6: before the content the ways to guidance and help, behind it whom to call and to write to.</summary>
        public async Task ShouldOfferHelpAtTheUsualPlaceAsync() =>
            Assert.Equal(["guidance", "help page", "content", "phone", "email", "website"], await page.EvaluateAsync<string[]>(WaysToHelp));

        private async Task ShouldFitAsItIsAsync(string circumstances)
        {
            string[] complaints = [.. await page.EvaluateAsync<string[]>(SidewaysScrolling), .. await page.EvaluateAsync<string[]>(ClippedTexts)];
            Assert.True(complaints.Length == 0, $"{page.Url}, {circumstances}: {string.Join('\n', complaints)}");
        }
    }
}
