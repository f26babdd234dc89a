using Cardea.Features.Lifecycle;
using Cardea.Features.Messages;

namespace Cardea.Demo;

/// <summary>
/// The days between the seeding and the moved clock, as a server that ran all the time would have spent them: people were told in time of what
/// would expire, and those whom nobody saw for long have become inactive.
/// </summary>
public sealed class DaysGoneBy(IServiceProvider services, MovedClock clock)
{
    public async Task LiveThroughAsync(TimeSpan offset, CancellationToken cancellationToken)
    {
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
