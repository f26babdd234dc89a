using Cardea.Features.Organizations;

namespace Cardea.Tests.Organizations;

public sealed class ParallelPartTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    /// <summary>Each would be fine alone; together they would be a circle.</summary>
    [Theory, EachDatabase]
    public async Task Two_that_become_part_of_each_other_at_once_leave_one_on_top(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.CloseSetUpAsync();
        for (var round = 0; round < 5; round++)
        {
            var (one, other) = (await app.AddOrganizationAsync(), await app.AddOrganizationAsync());

            var outcomes = await Task.WhenAll(Task.Run(() => MakePartAsync(app, one, other)), Task.Run(() => MakePartAsync(app, other, one)));

            Assert.Single(outcomes.OfType<ChangeOrganizationOutcome.Changed>());
            Assert.Single(outcomes.OfType<ChangeOrganizationOutcome.WouldBePartOfItself>());
        }
    }

    private static async Task<ChangeOrganizationOutcome> MakePartAsync(CardeaApp app, TestOrganization part, TestOrganization whole)
    {
        var onFile = await app.ReadAsync(db => db.FindOrganizationDetailsAsync(part.Id, CancellationToken.None));
        return await app.RunAsync<ChangeOrganization, ChangeOrganizationOutcome>(
            change => change.RunAsync(part.Id, onFile! with { ParentCode = whole.Code }, onFile.Version, CancellationToken.None));
    }
}
