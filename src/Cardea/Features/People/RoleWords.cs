using Cardea.Rules.Permissions;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.People;

/// <summary>Roles by the names that people know them by.</summary>
public static class RoleWords
{
    public static readonly IReadOnlyList<Roles> Every = [.. Enum.GetValues<Roles>().Where(role => role is not Roles.None)];

    /// <summary>"Standard, Administrator".</summary>
    public static string Of(Roles roles, IStringLocalizer words) =>
        string.Join(", ", Every.Where(role => roles.HasFlag(role)).Select(role => words[$"Role{role}"].Value));
}
