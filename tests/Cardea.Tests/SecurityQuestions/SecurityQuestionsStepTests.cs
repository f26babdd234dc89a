using System.Globalization;
using System.Net;
using System.Resources;
using AngleSharp.Html.Dom;
using Cardea.Features.Passwords;
using Cardea.Features.SecurityQuestions;
using Words = Cardea.Features.SecurityQuestions.Words;

namespace Cardea.Tests.SecurityQuestions;

public sealed class SecurityQuestionsStepTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Page = "/sign-in/security-questions";

    private static readonly (string Question, string Answer)[] Chosen =
        [("first-pet", "Sir Purr-a-lot"), ("first-dish", "  Jollof   RICE "), ("parents-met", "Île-à-Vache")];

    [Theory, EachDatabase]
    [Scenario("S2-08", "S2-09", "W-3.3.2")]
    public async Task Three_questions_are_chosen_from_lists_and_the_rules_stand_beside_them(Database database)
    {
        var app = await apps.OnAsync(database);

        using var browser = await app.SignInAsync(await AddPersonWhoIsAskedAsync(app));

        Assert.Equal((Page, "Manage Security Questions"), (browser.Url, browser.Heading));
        foreach (var number in (int[])[1, 2, 3])
        {
            Assert.Equal(Questions.All.Count + 1, ((IHtmlSelectElement)browser.Field($"Question {number}")).Options.Length);
            Assert.Equal("off", browser.Field($"Answer {number}").GetAttribute("autocomplete"));
        }

        Assert.Contains("have at least 5 characters each", browser.Text, StringComparison.Ordinal);
        Assert.Contains("do not contain your username or your organization code", browser.Text, StringComparison.Ordinal);
        Assert.Contains("Security questions", browser.Document.QuerySelector("[aria-current=step]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Scenario("S2-08", "C-02", "V6.5.2")]
    public async Task Answers_are_kept_as_hashes_of_what_a_person_takes_for_the_same(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);

        await AnswerAsync(browser, Chosen);

        Assert.Equal("/", browser.Url);
        var answers = await AnswersAsync(app, amina);
        Assert.Equal([(1, "first-pet"), (2, "first-dish"), (3, "parents-met")], answers.Select(answer => (answer.Position, answer.Question)));
        Assert.All(answers, answer => Assert.StartsWith("$argon2id$", answer.AnswerHash, StringComparison.Ordinal));
        var hashes = app.Services.GetRequiredService<PasswordHashes>();
        Assert.True(hashes.Verify("jollof rice", answers[1].AnswerHash).Matches);
        Assert.True(hashes.Verify("île-à-vache", answers[2].AnswerHash).Matches);

        var entry = Assert.Single(await app.AuditAsync(), e => e.Name == "security_questions.set.v1" && e.SubjectId == amina.Id);
        Assert.Equal("""{"Count":3}""", entry.Payload);
        Assert.DoesNotContain(app.Logs.Lines, line => line.Text.Contains("Purr-a-lot", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [EachDatabase(1, "Question", "", "Choose question 1 from the list.")]
    [EachDatabase(2, "Question", "shoe-size", "Choose question 2 from the list.")]
    [EachDatabase(3, "Question", "first-pet", "You have chosen question 3 before.")]
    [EachDatabase(1, "Answer", "", "Enter answer 1.")]
    [EachDatabase(1, "Answer", " \t ", "Enter answer 1.")]
    [EachDatabase(2, "Answer", "oak", "Answer 2 is too short. Use at least 5 characters.")]
    [EachDatabase(2, "Answer", "I am {USERNAME}!", "Answer 2 contains your username")]
    [EachDatabase(3, "Answer", "at {CODE}", "Answer 3 contains your organization code")]
    [EachDatabase(3, "Answer", "SIR  PURR-A-LOT", "Answer 3 is the same as one above.")]
    [EachDatabase(3, "Answer", "Password", "Answer 3 is one of the first that a stranger would try.")]
    [EachDatabase(3, "Answer", TestPeople.OwnPassword, "Answer 3 is your password.")]
    [Scenario("S2-08", "C-02", "W-3.3.1", "W-3.3.3")]
    public async Task What_breaks_a_rule_is_said_at_its_field_and_nothing_is_saved(Database database, int row, string field, string typed, string sentence)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);
        var form = Filled(browser, Chosen);
        form[$"Input.Rows[{row - 1}].{field}"] = typed
            .Replace("{USERNAME}", amina.Username.ToUpperInvariant(), StringComparison.Ordinal)
            .Replace("{CODE}", amina.Organization.Code.ToLowerInvariant(), StringComparison.Ordinal);

        await browser.SubmitAsync(form);

        Assert.Equal((Page, HttpStatusCode.BadRequest), (browser.Url, browser.Status));
        var control = browser.Field($"{field} {row}");
        Assert.Equal("true", control.GetAttribute("aria-invalid"));
        Assert.Contains(sentence, browser.Document.GetElementById(control.GetAttribute("aria-describedby")!)!.TextContent, StringComparison.Ordinal);
        Assert.Single(browser.Document.QuerySelectorAll("main [aria-invalid=true]"));
        Assert.Contains($"#{control.Id}", browser.Document.QuerySelectorAll("[role=alert] a").Select(link => link.GetAttribute("href")));
        Assert.Empty(await AnswersAsync(app, amina));
    }

    [Theory, EachDatabase]
    [Scenario("S2-08", "V14.1.1")]
    public async Task After_an_error_the_questions_are_kept_and_the_answers_are_not_sent_back(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await AddPersonWhoIsAskedAsync(app));

        await AnswerAsync(browser, [Chosen[0], Chosen[1], (Chosen[2].Question, "oak")]);

        Assert.Equal(Chosen.Select(row => row.Question), Enumerable.Range(1, 3).Select(number => ((IHtmlSelectElement)browser.Field($"Question {number}")).Value));
        Assert.All(Enumerable.Range(1, 3), number => Assert.Equal("", ((IHtmlInputElement)browser.Field($"Answer {number}")).Value));
        Assert.DoesNotContain("Purr-a-lot", browser.Html, StringComparison.Ordinal);
        Assert.Contains("the answers are not shown again", browser.Alert, StringComparison.Ordinal);

        await AnswerAsync(browser, Chosen);
        Assert.Equal("/", browser.Url);
    }

    [Theory, EachDatabase]
    [Scenario("S0-17", "S2-08")]
    public async Task Another_language_keeps_the_questions_and_forgets_the_answers(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await AddPersonWhoIsAskedAsync(app));
        var form = Filled(browser, Chosen);
        form.Add("language", "fr");

        await browser.SubmitAsync(form);

        Assert.Equal((Page, "Gérer les questions de sécurité"), (browser.Url, browser.Heading));
        Assert.Null(browser.Alert);
        Assert.Equal("first-dish", ((IHtmlSelectElement)browser.Field("Question 2")).Value);
        Assert.DoesNotContain("Purr-a-lot", browser.Html, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Scenario("S2-08", "S2-09")]
    public async Task Fewer_answers_than_are_asked_for_now_are_replaced_by_new_ones(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        await app.WriteAsync(db => db.SecurityAnswers.Where(answer => answer.AccountId == amina.Id && answer.Position > 1).ExecuteDeleteAsync());
        using var browser = await app.SignInAsync(amina);
        Assert.Equal(Page, browser.Url);

        await AnswerAsync(browser, [("first-dish", "jollof rice"), ("first-pet", "Sir Purr-a-lot"), ("first-school", "Linden School")]);

        Assert.Equal("/", browser.Url);
        Assert.Equal(["first-dish", "first-pet", "first-school"], (await AnswersAsync(app, amina)).Select(answer => answer.Question));
    }

    [Theory, EachDatabase]
    [Scenario("S2-08")]
    public async Task A_form_sent_several_times_at_once_leaves_three_answers(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);
        var form = Filled(browser, Chosen);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var tab = browser.Copy(app);
            tab.FollowsRedirects = false;
            await tab.SubmitAsync(form);
            Assert.Equal(HttpStatusCode.Redirect, tab.Status);
        }));

        Assert.Equal(3, (await AnswersAsync(app, amina)).Count);
    }

    [Theory, EachDatabase]
    [Scenario("S0-04", "S2-08")]
    public async Task While_the_server_is_busy_nothing_is_saved_and_the_questions_are_kept(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:Hashing:LongestQueue", "1"));
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);

        using (app.Services.GetRequiredService<HashingGate>().TryEnter())
        {
            await AnswerAsync(browser, Chosen);
        }

        Assert.Equal((Page, HttpStatusCode.ServiceUnavailable), (browser.Url, browser.Status));
        Assert.NotNull(browser.Header("Retry-After"));
        Assert.Contains("Nothing was saved.", browser.Alert, StringComparison.Ordinal);
        Assert.Equal("first-dish", ((IHtmlSelectElement)browser.Field("Question 2")).Value);
        Assert.Empty(await AnswersAsync(app, amina));
    }

    [Theory, EachDatabase]
    [Scenario("A-14", "S2-08")]
    public async Task Rows_and_fields_that_nobody_asked_for_are_not_taken(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);
        var form = Filled(browser, Chosen);
        form.Add("Input.Rows[0].AnswerHash", "known");
        form.Add("Input.Rows[0].AccountId", Guid.Empty.ToString());
        var more = Filled(browser, Chosen);
        more.Add("Input.Rows[3].Question", "first-school");
        more.Add("Input.Rows[3].Answer", "Linden School");

        await browser.SubmitAsync(more);
        Assert.Equal((Page, HttpStatusCode.BadRequest), (browser.Url, browser.Status));
        Assert.Empty(await AnswersAsync(app, amina));

        await browser.SubmitAsync(form);
        Assert.Equal("/", browser.Url);
        Assert.All(await AnswersAsync(app, amina), answer => Assert.StartsWith("$argon2id$", answer.AnswerHash, StringComparison.Ordinal));
    }

    [Theory]
    [EachDatabase(50_000)]
    [EachDatabase(101)]
    [Scenario("A-17", "S2-08")]
    public async Task An_endless_answer_is_refused_like_a_long_one(Database database, int length)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await AddPersonWhoIsAskedAsync(app));

        await AnswerAsync(browser, [Chosen[0], Chosen[1], (Chosen[2].Question, new string('ß', length / 2) + new string('y', length - (length / 2)))]);

        Assert.Equal((Page, HttpStatusCode.BadRequest), (browser.Url, browser.Status));
        Assert.Contains("Answer 3 is too long. Use at most 100 characters.", browser.Alert, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Scenario("S2-08", "A-06")]
    public async Task Where_no_questions_are_asked_there_is_no_such_step(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:SecurityQuestions:Required", "0"));

        using var browser = await app.SignInAsync(await AddPersonWhoIsAskedAsync(app));

        Assert.Equal("/", browser.Url);
        await browser.OpenAsync(Page);
        Assert.Equal("/", browser.Url);
    }

    [Fact]
    [Scenario("S2-08", "S0-17")]
    public void Every_question_has_words_of_its_own_in_every_language()
    {
        var words = new ResourceManager(typeof(Words));
        foreach (var language in (string[])["en", "es", "fr"])
        {
            var texts = Questions.All.Select(question => words.GetString($"Question.{question}", CultureInfo.GetCultureInfo(language))).ToList();

            Assert.DoesNotContain(null, texts);
            Assert.Distinct(texts);
        }

        Assert.All(Questions.All, question => Assert.InRange(question.Length, 1, 40));   // the column's length
    }

    private static async Task<TestPerson> AddPersonWhoIsAskedAsync(CardeaApp app)
    {
        var person = await app.AddPersonAsync();
        await app.WriteAsync(db => db.SecurityAnswers.Where(answer => answer.AccountId == person.Id).ExecuteDeleteAsync());
        return person;
    }

    private static PageForm Filled(PersonBrowser browser, IReadOnlyList<(string Question, string Answer)> rows)
    {
        var form = browser.FormOf("Submit");
        for (var row = 0; row < rows.Count; row++)
        {
            form[$"Input.Rows[{row}].Question"] = rows[row].Question;
            form[$"Input.Rows[{row}].Answer"] = rows[row].Answer;
        }

        return form;
    }

    private static Task AnswerAsync(PersonBrowser browser, IReadOnlyList<(string Question, string Answer)> rows) => browser.SubmitAsync(Filled(browser, rows));

    private static Task<List<SecurityAnswer>> AnswersAsync(CardeaApp app, TestPerson person) => app.ReadAsync(db =>
        db.SecurityAnswers.AsNoTracking().Where(answer => answer.AccountId == person.Id).OrderBy(answer => answer.Position).ToListAsync());
}
