using Cardea.Features.Agreements;

namespace Cardea.Tests.Agreements;

public sealed class AgreementParagraphTests
{
    [Fact]
    public void Empty_lines_part_paragraphs_and_a_hash_sign_makes_a_heading() =>
        Assert.Equal(
            [
                new("Confidentiality", IsHeading: true),
                new("You keep what you see to yourself.", IsHeading: false),
                new("Also after you leave.", IsHeading: false),
                new("Use", IsHeading: true),
                new("Look up your own clients only. #1 of all rules.", IsHeading: false),
            ],
            AgreementParagraph.AllOf("# Confidentiality\r\nYou keep what you see\r\n  to yourself.\r\n\r\n\r\nAlso after you leave.\n# Use\nLook up your own\nclients only.\n#1 of all rules.\n"));

    [Fact]
    public void A_text_without_words_has_no_paragraphs() => Assert.Empty(AgreementParagraph.AllOf(" \n\r\n "));
}
