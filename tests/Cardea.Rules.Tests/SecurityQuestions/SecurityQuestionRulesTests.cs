using Cardea.Rules.SecurityQuestions;
using CsCheck;
using Xunit;
using static Cardea.Rules.SecurityQuestions.AnswerRefusal;

namespace Cardea.Rules.Tests.SecurityQuestions;

[Scenario("S2-08")]
public class SecurityQuestionRulesTests
{
    private static readonly HashSet<string> Questions = ["street", "teacher", "pet", "dish"];
    private static readonly ChosenAnswer Teacher = new("teacher", "Mrs. Okafor");
    private static readonly ChosenAnswer Pet = new("pet", "a tortoise");

    [Fact]
    public void Three_known_questions_with_three_answers_of_ones_own_are_accepted() =>
        Assert.True(Check([new("street", "Linden Row"), Teacher, Pet]).IsEmpty);

    [Theory]
    [InlineData(null, Missing)]
    [InlineData("", Missing)]
    [InlineData(" \t ", Missing)]
    [InlineData("oak", TooShort)]
    [InlineData("1234", TooShort)]
    [InlineData("  a  b  ", TooShort)]
    [InlineData("12345", null)]
    [InlineData("😀😀😀😀", TooShort)]
    [InlineData("😀😀😀😀😀", null)]
    [InlineData("I am amina.d!", ContainsUsername)]
    [InlineData("AMINA.D", ContainsUsername)]
    [InlineData("clinic Cln-42", ContainsOrganizationCode)]
    [InlineData("amina d", null)]
    [InlineData("  QWERTY ", TooCommon)]
    [InlineData("I don’t know", TooCommon)]
    [InlineData("CONTRASEN\u0303A", TooCommon)]
    [InlineData("mrs.  OKAFOR ", SameAsAnother)]
    public void Each_answer_is_refused_with_the_first_thing_to_mend(string? answer, AnswerRefusal? refusal)
    {
        var refusals = Check([Teacher, Pet, new("street", answer)]);

        Assert.Empty(refusals.Questions);
        Assert.Equal(refusal, refusals.Answers.TryGetValue(2, out var found) ? found : null);
        Assert.Equal(refusal is null, refusals.IsEmpty);
    }

    [Theory]
    [InlineData(null, QuestionRefusal.Missing)]
    [InlineData("", QuestionRefusal.Missing)]
    [InlineData("shoe size", QuestionRefusal.Unknown)]
    [InlineData("Street", QuestionRefusal.Unknown)]
    [InlineData("pet", QuestionRefusal.ChosenTwice)]
    public void A_question_must_be_chosen_from_the_list_and_only_once(string? question, QuestionRefusal refusal)
    {
        var refusals = Check([Teacher, Pet, new(question, "Linden Row")]);

        Assert.Equal([KeyValuePair.Create(2, refusal)], refusals.Questions);
        Assert.Empty(refusals.Answers);
        Assert.False(refusals.IsEmpty);
    }

    [Fact]
    public void Each_row_is_judged_by_itself()
    {
        var refusals = Check([new("street", "oak"), new("street", null), new(null, "Linden Row")]);

        Assert.Equal(new() { [1] = QuestionRefusal.ChosenTwice, [2] = QuestionRefusal.Missing }, refusals.Questions.ToDictionary());
        Assert.Equal(new() { [0] = TooShort, [1] = Missing }, refusals.Answers.ToDictionary());
    }

    [Fact]
    public void Rows_that_were_not_sent_are_missing()
    {
        var refusals = Check([Teacher]);

        Assert.Equal(new() { [1] = QuestionRefusal.Missing, [2] = QuestionRefusal.Missing }, refusals.Questions.ToDictionary());
        Assert.Equal(new() { [1] = Missing, [2] = Missing }, refusals.Answers.ToDictionary());
    }

    [Fact, Scenario("A-14")]
    public void A_row_more_than_asked_for_is_refused() =>
        Assert.Equal(
            [KeyValuePair.Create(3, QuestionRefusal.Unknown)],
            Check([Teacher, Pet, new("street", "Linden Row"), new("dish", "jollof rice")]).Questions);

    [Fact, Scenario("A-17")]
    public void An_answer_may_be_a_hundred_characters_long_and_a_flood_is_never_normalized()
    {
        Assert.True(Check([Teacher, Pet, new("street", new('x', 100))]).IsEmpty);
        Assert.True(Check([Teacher, Pet, new("street", string.Concat(Enumerable.Repeat("e\u0301", 100)))]).IsEmpty);
        Assert.Equal(TooLong, Check([Teacher, Pet, new("street", new('x', 101))]).Answers[2]);
        Assert.Equal(TooLong, Check([Teacher, Pet, new("street", new(' ', SecurityQuestionRules.LongestInputUnits + 1))]).Answers[2]);
        Assert.Equal(TooLong, Check([Teacher, Pet, new("street", new('ﷺ', 1_000_000))]).Answers[2]);
    }

    [Fact]
    public void Where_there_is_no_organization_code_none_can_be_contained() =>
        Assert.True(SecurityQuestionRules.Check([Teacher], required: 1, Questions, username: "amina.d", organizationCode: "").IsEmpty);

    [Theory]
    [InlineData("Linden Row", "  linden   ROW ")]
    [InlineData("Linden Row", "linden\u00a0row")]
    [InlineData("Linden Row", "Linden\tRow")]
    [InlineData("José", "jose\u0301")]
    [InlineData("O'Brien", "o’brien")]
    [InlineData("İzmir", "i\u0307ZMIR")]
    [InlineData("H\u0331", "ẖ")]
    [InlineData("ΟΔΟΣ", "οδος")]
    [InlineData("ΟΔΟΣ", "οδοσ")]
    [InlineData("Ｌｉｎｄｅｎ ７", "linden 7")]
    public void What_a_person_takes_for_the_same_answer_is_the_same(string one, string other) =>
        Assert.Equal(SecurityQuestionRules.Normalize(one), SecurityQuestionRules.Normalize(other));

    [Theory]
    [InlineData("Linden Row", "LindenRow")]
    [InlineData("Linden Row", "Linden-Row")]
    [InlineData("José", "jose")]
    public void Another_answer_stays_another(string one, string other) =>
        Assert.NotEqual(SecurityQuestionRules.Normalize(one), SecurityQuestionRules.Normalize(other));

    [Fact, Scenario("A-18")]
    public void Normalizing_twice_changes_nothing_more() =>
        Texts.Any.Sample(
            typed => Assert.Equal(
                SecurityQuestionRules.Normalize(typed), SecurityQuestionRules.Normalize(SecurityQuestionRules.Normalize(typed))),
            iter: 5_000);

    [Fact, Scenario("A-18")]
    public void The_case_of_no_letter_with_any_mark_makes_another_answer_and_normalizing_is_done_once()
    {
        const string marks = "\u0300\u0301\u0307\u0308\u030c\u0323\u0331\u0342";   // grave, acute, dot, diaeresis, caron, dot below, line below, perispomeni
        var cased = Enumerable.Range(0, char.MaxValue).Select(code => (char)code)
            .Where(letter => char.IsLetter(letter) && (char.ToUpperInvariant(letter) != letter || char.ToLowerInvariant(letter) != letter));

        foreach (var letter in cased)
        {
            foreach (var mark in marks)
            {
                var typed = $"{letter}{mark}";
                var normalized = SecurityQuestionRules.Normalize(typed);

                Assert.Equal(normalized, SecurityQuestionRules.Normalize(normalized));
                Assert.Equal(normalized, SecurityQuestionRules.Normalize(typed.ToUpperInvariant()));
                Assert.Equal(normalized, SecurityQuestionRules.Normalize(typed.ToLowerInvariant()));
            }
        }
    }

    [Theory]
    [InlineData(0, 3, true)]
    [InlineData(2, 3, true)]
    [InlineData(3, 3, false)]
    [InlineData(4, 3, false)]
    [InlineData(0, 0, false)]
    public void Questions_are_due_until_as_many_as_required_are_on_file(int onFile, int required, bool due) =>
        Assert.Equal(due, SecurityQuestionRules.AreDue(onFile, required));

    private static SetUpRefusals Check(IReadOnlyList<ChosenAnswer> chosen) =>
        SecurityQuestionRules.Check(chosen, required: 3, Questions, username: "Amina.D", organizationCode: "CLN-42");
}
