using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.Accounts;

/// <summary>By what people are looked for, and sorted.</summary>
public enum SearchKeyKind
{
    FamilyName = 1,
    GivenName = 2,
    SignInName = 3,
    Email = 4,
}

/// <summary>
/// One way in which a person is found by the first letters of it: folded, so that neither case nor accents matter, and in an index, so that a
/// million people are looked through at once. Made from the account and its names, and made anew whenever they change.
/// </summary>
public sealed class SearchKey
{
    public const int MaxLength = Account.EmailMaxLength;

    public required Guid AccountId { get; init; }

    public required SearchKeyKind Kind { get; init; }

    /// <summary>As <see cref="Rules.Accounts.SearchKeys.Fold"/> has it; of a name the other one follows, so that it sorts as people expect.</summary>
    public required string Key { get; set; }

    public Account? Account { get; init; }
}

public sealed class SearchKeyConfiguration : IEntityTypeConfiguration<SearchKey>
{
    public void Configure(EntityTypeBuilder<SearchKey> builder)
    {
        builder.ToTable("SearchKeys");
        builder.HasKey(k => new { k.AccountId, k.Kind });
        builder.Property(k => k.Key).HasMaxLength(SearchKey.MaxLength);
        builder.HasOne(k => k.Account).WithMany().HasForeignKey(k => k.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(k => new { k.Kind, k.Key, k.AccountId });
    }
}
