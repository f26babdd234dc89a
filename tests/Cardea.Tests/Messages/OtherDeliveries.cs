using Cardea.Features.Messages;

namespace Cardea.Tests.Messages;

/// <summary>Hands over as the node would, and does something of a test's own just after.</summary>
public sealed class DeliveryThen(IMailDelivery inner, Func<Task> then) : IMailDelivery
{
    public async Task<DeliveryAnswer> DeliverAsync(OutgoingMail mail)
    {
        var answer = await inner.DeliverAsync(mail);
        await then();
        return answer;
    }
}

/// <summary>The process is killed: nothing runs any more, not even what should tidy up.</summary>
public sealed class KilledException() : Exception("Killed by the test.");
