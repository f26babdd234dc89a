using Cardea.Features.Lifecycle;
using Cardea.Features.Messages;

namespace Cardea.Demo;

/// <summary>
/// The days between the seeding and the moved clock, as a server that ran all the time would have spent them: people were told in time of what
/// would expire, and those whom nobody saw for long have become inactive. Of more than half a year nobody would be left: there, the server was
/// away, and whoever comes back meets what is due once a year.
/// </summary>
public sealed class DaysGoneBy(IServiceProvider services, MovedClock clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(180);

    public async Task LiveThroughAsync(TimeSpan offset, CancellationToken cancellationToken)
    {
        if (offset > Longest)
        {
            return;
        }

        for (var day = TimeSpan.FromDays(1); day <= offset; day += TimeSpan.FromDays(1))
        {
            clock.Offset = day;
            await using var scope = services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<SendNotices>().RunAsync(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<InactivateAccounts>().RunAsync(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<SendMessages>().RunAsync(MessageChannel.Mail, cancellationToken);
        }
    }
}
