using System.Text.RegularExpressions;

namespace Cardea.BrowserTests.Infrastructure;

/// <summary>What people do on every page, and where that leads them.</summary>
public static class PageActs
{
    extension(IPage page)
    {
        /// <summary>Fills a field by its name in the form, the same in every language.</summary>
        public Task EnterAsync(string field, string text) => page.Locator($"[name='Input.{field}']").FillAsync(text);

        /// <summary>Presses the main button of the page.</summary>
        public Task SubmitAsync() => page.Locator("main .usa-button[type=submit]").First.ClickAsync();

        /// <summary>From the sign-in page, opened anew; and from the next one where the person has an app.</summary>
        public async Task SignInAsync(TestPerson person, string? password = null)
        {
            await page.GotoAsync("/sign-in");
            await page.EnterAsync("OrganizationCode", person.Organization.Code);
            await page.EnterAsync("Username", person.Username);
            await page.EnterAsync("Password", password ?? person.Password);
            await page.SubmitAsync();
            if (person.Authenticator is { } phone)
            {
                await page.ShouldBeAtAsync("/sign-in/second-factor");
                await page.EnterAsync("Code", phone.Code());
                await page.SubmitAsync();
            }
        }

        /// <summary>From the sign-in page of patients, opened anew.</summary>
        public async Task SignInPatientAsync(TestPerson patient, string? password = null)
        {
            await page.GotoAsync("/patient/sign-in");
            await page.EnterAsync("Username", patient.Email);
            await page.EnterAsync("Password", password ?? patient.Password);
            await page.SubmitAsync();
        }

        /// <summary>Waits until this address is shown, whatever its query.</summary>
        public Task ShouldBeAtAsync(string path) => Expect(page).ToHaveURLAsync(new Regex($"^https?://[^/]+{Regex.Escape(path)}([?#].*)?$"));

        /// <summary>Until everything is there and nothing moves any more: a font that comes late moves what stands below.</summary>
        public Task WaitUntilDrawnAsync() => page.EvaluateAsync(
            """
            async () => {
              // Asked in the page: the driver may have missed the event by the time it begins to wait for it.
              if (document.readyState !== "complete") await new Promise(done => addEventListener("load", done, { once: true }));
              await document.fonts.ready;
            }
            """);

        public Task ShouldSayAsync(string text) => Expect(page.Locator("body")).ToContainTextAsync(text);

        public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

        public ILocator Heading(string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true, Level = 1 });

        public ILocator Field(string label) => page.GetByLabel(label, new() { Exact = true }).And(page.Locator("input, select"));

        /// <summary>
        /// The first answers to the sign-in form never come, for all that the page knows: a browser stays as it is when a request is called off.
        /// Returns what was sent, lost or not.
        /// </summary>
        public async Task<IReadOnlyList<string>> LoseAnswersAsync(int howMany, bool asksServer = false)
        {
            var sent = new List<string>();
            await page.RouteAsync("**/sign-in", async route =>
            {
                if (route.Request.Method != "POST")
                {
                    await route.ContinueAsync();
                    return;
                }

                sent.Add(route.Request.PostData!);
                if (sent.Count > howMany)
                {
                    await route.ContinueAsync();
                    return;
                }

                if (asksServer)
                {
                    await route.FetchAsync(new() { MaxRedirects = 0 });
                }

                await route.AbortAsync("aborted");
            });
            return sent;
        }
    }
}
