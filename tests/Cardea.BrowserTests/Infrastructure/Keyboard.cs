using System.Globalization;
using Cardea.Rules.SecondFactors;

namespace Cardea.BrowserTests.Infrastructure;

/// <summary>A person without a mouse.</summary>
public static class KeyboardActs
{
    private const int MostStops = 80;

    /// <summary>Numbers everything that Tab must reach, in the order of the page; in an open dialog, that is all there is.</summary>
    private const string NumberTheStops =
        """
        () => {
          const root = document.querySelector("dialog[open]") ?? document.body;
          // Of radio buttons one is a stop: the checked one, or the first; the arrow keys reach the others.
          const isStop = radio => radio === (root.querySelector(`[name="${radio.name}"]:checked`) ?? root.querySelector(`[name="${radio.name}"]`));
          const stops = [...root.querySelectorAll("a[href], button, input, select, textarea, [tabindex]")]
            .filter(element => element.tabIndex >= 0 && !element.disabled && element.type !== "hidden" && (element.type !== "radio" || isStop(element)) && element.checkVisibility({ visibilityProperty: true }));
          stops.forEach((element, index) => { element.dataset.stop = index; });
          return stops.map(element => element.outerHTML.slice(0, 100));
        }
        """;

    /// <summary>The number of the stop where the focus is, -1 when it has left the page; then what is wrong there.</summary>
    private const string LookAtFocus =
        """
        async () => {
          const focused = document.activeElement;
          // The link that skips to the content slides in.
          await Promise.all(document.getAnimations().filter(animation => animation instanceof CSSTransition).map(animation => animation.finished));
          if (!focused || focused === document.body) return ["-1"];
          // The design system hides the box of a checkbox or radio and draws it before the label.
          const seen = focused.matches("[type=checkbox], [type=radio]") ? focused.labels[0] : focused;
          const ring = seen === focused ? getComputedStyle(seen) : getComputedStyle(seen, "::before");
          const box = seen.getBoundingClientRect();
          const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
          const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
          const top = document.elementFromPoint(x, y);
          const complaints = [];
          if (ring.outlineStyle === "none" || parseFloat(ring.outlineWidth) < 2) complaints.push("shows no focus");
          if (!top || !(seen.contains(top) || top.contains(seen) && top.closest("label") === seen.closest("label"))) complaints.push("is hidden while it has the focus");
          return [focused.dataset.stop ?? "-2", ...complaints.map(complaint => `${complaint}: ${focused.outerHTML.slice(0, 100)}`)];
        }
        """;

    extension(IPage page)
    {
        /// <summary>Presses Tab until it is there, as a person would who looks for it.</summary>
        public async Task TabToAsync(ILocator target)
        {
            for (var press = 0; press < MostStops; press++)
            {
                if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                {
                    return;
                }

                await page.Keyboard.PressAsync("Tab");
            }

            Assert.Fail($"The keyboard does not reach {target} on {page.Url}.");
        }

        public async Task TypeIntoAsync(string label, string text)
        {
            await page.TabToAsync(page.Field(label));
            await page.Keyboard.TypeAsync(text);
        }

        public async Task PressAsync(string button)
        {
            await page.TabToAsync(page.Button(button));
            await page.Keyboard.PressAsync("Enter");
        }

        /// <summary>From the choice of a second factor past the recovery codes: the app is the second in the list. It shows the code before that of now still.</summary>
        public async Task<TestAuthenticator> SetUpAppByKeyboardAsync(CardeaApp app)
        {
            await page.TabToAsync(page.Locator("#Input_Kind"));
            await page.Keyboard.PressAsync("ArrowDown");
            await page.PressAsync("Submit");
            await Expect(page.Heading("Set up your authenticator app")).ToBeVisibleAsync();
            var key = (await page.Locator("main li .code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
            var phone = new TestAuthenticator(key, app.Clock);
            await page.TypeIntoAsync("MFA Code", phone.Code(-TotpRules.Step));
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Heading("Your recovery codes")).ToBeVisibleAsync();
            await page.TabToAsync(page.GetByText("I have saved them: continue"));
            await page.Keyboard.PressAsync("Enter");
            return phone;
        }

        /// <summary>W-2.1.1, W-2.4.3, W-2.4.7, W-2.4.11: Tab reaches everything once, in the order of the page, and one sees where one is.</summary>
        public async Task ShouldShowFocusEverywhereAsync()
        {
            var stops = await page.EvaluateAsync<string[]>(NumberTheStops);
            Assert.InRange(stops.Length, 1, MostStops);
            var order = new List<int>();
            var complaints = new List<string>();
            for (var press = 0; press < 3 * MostStops && order.Count <= stops.Length + 1 && order.Count(stop => stop == order[0]) < 2; press++)
            {
                await page.Keyboard.PressAsync("Tab");
                var focus = await page.EvaluateAsync<string[]>(LookAtFocus);
                complaints.AddRange(focus[1..]);
                var stop = int.Parse(focus[0], CultureInfo.InvariantCulture);
                if (order is [] || order[^1] != stop)   // a field for a date has stops of its own
                {
                    order.Add(stop);
                }
            }

            Assert.True(complaints.Count == 0, $"{page.Url}\n{string.Join('\n', complaints.Distinct())}");
            var reached = order.Where(stop => stop >= 0).Distinct().ToList();
            var unreached = stops.Where((_, index) => !reached.Contains(index));
            Assert.True(reached.Count == stops.Length, $"{page.Url}: Tab never comes to\n{string.Join('\n', unreached)}");
            var start = reached.IndexOf(0);
            Assert.Equal(Enumerable.Range(0, stops.Length), reached.Skip(start).Concat(reached.Take(start)));
        }
    }
}
