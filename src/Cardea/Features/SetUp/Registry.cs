using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.SetUp;

/// <summary>The one row that says whose sign-in desk this is: set once by the first operator, shown in every page and mail (S2-41).</summary>
public sealed class Registry
{
    public const int TheOnlyId = 1;
    public const int NameMaxLength = 100;
    public const int PhoneMaxLength = 40;
    public const int AddressMaxLength = 300;

    public int Id { get; init; } = TheOnlyId;

    public string DisplayName { get; set; } = "Cardea";

    public string? HelpDeskName { get; set; }

    public string? HelpDeskEmail { get; set; }

    public string? HelpDeskPhone { get; set; }

    public string? HelpDeskWeb { get; set; }

    /// <summary>Scheme, host and port under which people reach the product; every link in a mail begins with it.</summary>
    public string? PublicAddress { get; set; }

    /// <summary>Hash of the newest set-up link's token.</summary>
    public byte[]? SetUpTokenHash { get; set; }

    /// <summary>Closed for good, also if the first operator is later removed (V6.3.2, GHSA-rjvp-29xq-f62w).</summary>
    public DateTimeOffset? SetUpClosedAt { get; set; }
}

public sealed class RegistryConfiguration : IEntityTypeConfiguration<Registry>
{
    public void Configure(EntityTypeBuilder<Registry> builder)
    {
        builder.ToTable("Registry");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.DisplayName).HasMaxLength(Registry.NameMaxLength);
        builder.Property(r => r.HelpDeskName).HasMaxLength(Registry.NameMaxLength);
        builder.Property(r => r.HelpDeskEmail).HasMaxLength(254);
        builder.Property(r => r.HelpDeskPhone).HasMaxLength(Registry.PhoneMaxLength);
        builder.Property(r => r.HelpDeskWeb).HasMaxLength(Registry.AddressMaxLength);
        builder.Property(r => r.PublicAddress).HasMaxLength(Registry.AddressMaxLength);
        builder.Property(r => r.SetUpTokenHash).HasMaxLength(32);
    }
}
