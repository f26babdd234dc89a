using Cardea.Data;

namespace Cardea.Tests.Data;

public sealed class WriterDoorTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    private readonly WriterDoor _door = new();

    [Fact]
    public async Task Whoever_is_in_already_passes_the_crowd_and_the_rest_come_in_order()
    {
        await _door.EnterAsync(WriteTurn.AfterOthers, Never);
        var crowd = new[] { _door.EnterAsync(WriteTurn.AfterOthers, Never), _door.EnterAsync(WriteTurn.AfterOthers, Never) };
        var inside = _door.EnterAsync(WriteTurn.Next, Never);
        Assert.DoesNotContain([.. crowd, inside], waiting => waiting.IsCompleted);

        _door.Leave();
        await inside;
        Assert.DoesNotContain(crowd, waiting => waiting.IsCompleted);

        _door.Leave();
        await crowd[0];
        Assert.False(crowd[1].IsCompleted);

        _door.Leave();
        await crowd[1];
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_is_passed_over()
    {
        using var patience = new CancellationTokenSource();
        await _door.EnterAsync(WriteTurn.Next, Never);
        var impatient = _door.EnterAsync(WriteTurn.Next, patience.Token);
        var patient = _door.EnterAsync(WriteTurn.Next, Never);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _door.Leave();

        await patient;
    }

    /// <summary>Called in and given up at the same moment: nobody may be left outside an empty room.</summary>
    [Fact]
    public async Task No_turn_is_lost_when_leaving_meets_giving_up()
    {
        for (var round = 0; round < 1_000; round++)
        {
            using var patience = new CancellationTokenSource();
            await _door.EnterAsync(WriteTurn.Next, Never);
            var wavering = _door.EnterAsync(WriteTurn.AfterOthers, patience.Token);

            await Task.WhenAll(Task.Run(patience.Cancel, Never), Task.Run(_door.Leave, Never));
            try
            {
                await wavering;
                _door.Leave();
            }
            catch (OperationCanceledException)
            {
                // Passed over.
            }
        }

        Assert.True(_door.EnterAsync(WriteTurn.Next, Never).IsCompletedSuccessfully);
    }
}
