using System.Diagnostics;

namespace Cardea.Features.Audit;

/// <summary>Who acts in this scope: filled once, by the session of a request, the command line or a job.</summary>
public sealed class Actor
{
    public ActorKind Kind { get; private set; } = ActorKind.System;

    public string? Id { get; private set; }

    public Guid? OrganizationId { get; private set; }

    /// <summary>The client address of a request; null outside of one.</summary>
    public string? Address { get; private set; }

    public string? Correlation => Activity.Current?.TraceId.ToString();

    public void IsAnonymous(string address) => (Kind, Address) = (ActorKind.Anonymous, address);

    public void IsPerson(Guid accountId, Guid organizationId) =>
        (Kind, Id, OrganizationId) = (ActorKind.Person, accountId.ToString(), organizationId);

    public void IsCommandLine(string operatingSystemUser) => (Kind, Id) = (ActorKind.CommandLine, operatingSystemUser);
}
