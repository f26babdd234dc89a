using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cardea.Features.Agreements;

namespace Cardea.CommandLine;

internal static class AgreementCommands
{
    private const int LongestFile = 1024 * 1024;

    extension(CommandHost host)
    {
        public Command Agreements() => new("agreements", "What people accept before they work.") { host.PublishAgreement() };

        private Command PublishAgreement()
        {
            var file = new Argument<FileInfo>("FILE") { Description = "Plain text in UTF-8; docs/agreements.md shows how it looks." };
            var command = host.Command("publish", "Put a new version in force: everybody is asked at the next sign-in.", PublishAsync);
            command.Add(file);
            return command;

            async Task<Answer> PublishAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellationToken)
            {
                var source = asked.GetRequiredValue(file);
                if (await ReadAsync(source, cancellationToken) is not { } content)
                {
                    return new Answer.Refused($"{source.Name} cannot be read: it must be a text file in UTF-8 of one megabyte at most.");
                }

                var read = AgreementFile.Read(content);
                return read.Mistakes.Count > 0
                    ? new Answer.Refused([.. read.Mistakes.Select(mistake => $"{source.Name}, line {mistake.Line}: {mistake.Sentence}")])
                    : await PublishDraftAsync(read.Draft, services, cancellationToken);
            }
        }
    }

    private static async Task<Answer> PublishDraftAsync(AgreementDraft draft, IServiceProvider services, CancellationToken cancellationToken) =>
        await services.GetRequiredService<PublishAgreement>().RunAsync(draft, cancellationToken) switch
        {
            PublishAgreementOutcome.Published published => new Answer.Done(
                $"Version {published.Number} is in force.",
                ("Kind", draft.Kind.ToString()),
                ("Version", published.Number.ToString(CultureInfo.InvariantCulture))),
            PublishAgreementOutcome.Unchanged unchanged => new Answer.Refused($"Word for word this is version {unchanged.Number}, which is in force."),
            PublishAgreementOutcome.Overtaken => new Answer.Refused("Somebody else has just published a version: look at it, then publish again."),
            PublishAgreementOutcome.Incomplete incomplete => new Answer.Refused($"The text in \"{incomplete.Language}\" is not complete."),
            var other => throw new UnreachableException(other.ToString()),
        };

    private static async Task<string?> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            return file.Length <= LongestFile
                ? await File.ReadAllTextAsync(file.FullName, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), cancellationToken)
                : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            return null;
        }
    }
}
