using System.Text;

namespace Cardea.Rules.SecurityQuestions;

/// <summary>One row of the form. The question is its key in the list of questions.</summary>
public sealed record ChosenAnswer(string? Question, string? Answer);

/// <summary>Why a question is refused.</summary>
public enum QuestionRefusal
{
    Missing,

    /// <summary>Not in the list, or a row that nobody asked for.</summary>
    Unknown,

    /// <summary>Chosen in an earlier row already.</summary>
    ChosenTwice,
}

/// <summary>Why an answer is refused.</summary>
public enum AnswerRefusal
{
    Missing,
    TooShort,
    TooLong,
    ContainsUsername,
    ContainsOrganizationCode,

    /// <summary>No answer at all, but what many write in its place.</summary>
    TooCommon,

    /// <summary>The person's own password. Only a slow hash can tell, so the operation asks it, after these rules.</summary>
    IsPassword,

    /// <summary>Given in an earlier row already.</summary>
    SameAsAnother,
}

/// <summary>What is wrong with which row, by its index from 0. A field has at most one refusal: the first to mend.</summary>
public sealed record SetUpRefusals(
    IReadOnlyDictionary<int, QuestionRefusal> Questions, IReadOnlyDictionary<int, AnswerRefusal> Answers)
{
    public bool IsEmpty => Questions.Count == 0 && Answers.Count == 0;
}

/// <summary>Three questions, no two alike, with answers of one's own (S2-08, C-02).</summary>
public static class SecurityQuestionRules
{
    /// <summary>Code points of the normalized answer.</summary>
    public const int ShortestAnswer = 5, LongestAnswer = 100;

    /// <summary>UTF-16 units of input; more is refused before it is normalized, whose cost grows with it .</summary>
    public const int LongestInputUnits = 4 * LongestAnswer;

    /// <summary>The first things a stranger tries (C-02), in the languages of the product; as <see cref="Normalize"/> writes them.</summary>
    private static readonly HashSet<string> WrittenInstead =
    [
        "123456", "1234567", "12345678", "123456789", "1234567890", "azerty", "qwerty", "qwertyuiop", "password", "contraseña", "mot de passe",
        "motdepasse", "secret", "secreto", "answer", "my answer", "respuesta", "réponse", "unknown", "desconocido", "inconnu", "nothing",
        "ninguno", "ninguna", "aucun", "aucune", "no idea", "don't know", "i don't know", "no lo sé", "no lo se", "je ne sais pas",
    ];

    /// <summary>
    /// The text that is hashed and compared: no outer spaces, one space between words, no case, and compatibility forms
    /// made plain (NFKC). Where a phone writes ’ a desktop writes ': three misses lock the account, so both mean the same.
    /// </summary>
    public static string Normalize(string answer)
    {
        // Letters are folded apart from their marks, for İ and ẖ are one code point in one case only; up and then down again,
        // so that letters with two small forms meet, as the Greek sigmas.
        var apart = UnicodeText.Normalize(answer, NormalizationForm.FormKD).Replace('’', '\'');
        var folded = UnicodeText.Normalize(apart.ToUpperInvariant().ToLowerInvariant(), NormalizationForm.FormKC);

        return string.Join(' ', folded.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    public static SetUpRefusals Check(
        IReadOnlyList<ChosenAnswer> chosen, int required, IReadOnlySet<string> knownQuestions, string username, string organizationCode)
    {
        var questions = new Dictionary<int, QuestionRefusal>();
        var answers = new Dictionary<int, AnswerRefusal>();
        var questionsBefore = new HashSet<string>(StringComparer.Ordinal);
        var answersBefore = new HashSet<string>(StringComparer.Ordinal);

        for (var row = 0; row < int.Max(chosen.Count, required); row++)
        {
            var (question, answer) = row < chosen.Count ? chosen[row] : new(null, null);

            if (CheckQuestion(question) is { } questionRefusal) { questions[row] = questionRefusal; }
            else if (row >= required) { questions[row] = QuestionRefusal.Unknown; }

            if (CheckAnswer(answer) is { } answerRefusal) { answers[row] = answerRefusal; }
        }

        return new(questions, answers);

        QuestionRefusal? CheckQuestion(string? question)
        {
            if (string.IsNullOrEmpty(question)) { return QuestionRefusal.Missing; }
            if (!knownQuestions.Contains(question)) { return QuestionRefusal.Unknown; }
            return questionsBefore.Add(question) ? null : QuestionRefusal.ChosenTwice;
        }

        AnswerRefusal? CheckAnswer(string? typed)
        {
            if (typed is null) { return AnswerRefusal.Missing; }
            if (typed.Length > LongestInputUnits) { return AnswerRefusal.TooLong; }

            var answer = Normalize(typed);

            return UnicodeText.CodePoints(answer) switch
            {
                0 => AnswerRefusal.Missing,
                < ShortestAnswer => AnswerRefusal.TooShort,
                > LongestAnswer => AnswerRefusal.TooLong,
                _ when Contains(answer, username) => AnswerRefusal.ContainsUsername,
                _ when Contains(answer, organizationCode) => AnswerRefusal.ContainsOrganizationCode,
                _ when WrittenInstead.Contains(answer) => AnswerRefusal.TooCommon,
                _ => answersBefore.Add(answer) ? null : AnswerRefusal.SameAsAnother,
            };
        }
    }

    /// <summary>Also after the policy asks for more questions than before; never where it asks for none.</summary>
    public static bool AreDue(int answersOnFile, int required) => answersOnFile < required;

    /// <summary>A preset without organization codes hands in an empty one, which every text would contain.</summary>
    private static bool Contains(string answer, string name) =>
        Normalize(name) is { Length: > 0 } word && answer.Contains(word, StringComparison.Ordinal);
}
