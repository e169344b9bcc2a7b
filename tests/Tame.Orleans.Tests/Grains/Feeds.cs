using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Streams;

namespace Tame.Orleans.Tests.Grains;

/// <summary>A grain that receives the items of a stream, and ticks of a reminder, in tamed code.</summary>
public interface IListener : IGrainWithGuidKey
{
    Task Subscribe();

    /// <summary>Receives so many items, and returns them in their order.</summary>
    Task<List<int>> Take(int count);

    /// <summary>Sets a reminder, and returns its name when it has ticked.</summary>
    Task<string> WaitForTick(string name);

    Task Close();

    Task<string> AskAfterEnd();
}

[TamedGrain]
[Reentrant]
internal sealed partial class ListenerGrain : Grain, IListener, IRemindable
{
    private GrainFeed<int> _items = null!;
    private GrainFeed<string> _ticks = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _items = new GrainFeed<int>(this.GetEventLoop(), 2);
        _ticks = new GrainFeed<string>(this.GetEventLoop(), 1);
        return base.OnActivateAsync(cancellationToken);
    }

    public Task Subscribe() => this.GetEventLoop().InvokeAsync(done => Listen(done));

    public Task<List<int>> Take(int count) => this.GetEventLoop().InvokeAsync<List<int>>(taken => TakeItems(count, taken));

    public Task<string> WaitForTick(string name) => this.GetEventLoop().InvokeAsync<string>(tick => Remind(name, tick));

    public Task ReceiveReminder(string reminderName, TickStatus status) => _ticks.OnNext(reminderName);

    public Task Close() => _items.OnError(new FormatException("no more"));

    public Task<string> AskAfterEnd() => this.GetEventLoop().InvokeAsync<string>(answer => TakeBehindTheEnd(answer));

    [Tamed] private partial void Listen(Event done);

    private void ListenBody(Event done)
    {
        var stream = this.GetStreamProvider("memory").GetStream<int>(this.GetPrimaryKey());
        twait(stream.SubscribeAsync(_items.OnNext, _items.OnError, _items.OnCompleted), out StreamSubscriptionHandle<int> _);
        done.Trigger();
    }

    [Tamed] private partial void TakeItems(int count, Event<List<int>> taken);

    private void TakeItemsBody(int count, Event<List<int>> taken)
    {
        var items = new List<int>();
        while (items.Count < count)
        {
            twait(e => _items.Reader.Receive(e), out int item);
            twait(GrainFactory.GetGrain<IWorker>(item % 5).Square(item), out int square);
            items.Add(square);
        }
        taken.Trigger(items);
    }

    [Tamed] private partial void Remind(string name, Event<string> tick);

    private void RemindBody(string name, Event<string> tick)
    {
        // Where the table of reminders answers behind the first tick, Orleans leaves that out, and the next comes a period later.
        twait(this.RegisterOrUpdateReminder(name, TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(10)), out IGrainReminder reminder);
        twait(e => _ticks.Reader.Receive(e), out string ticked);
        twait(this.UnregisterReminder(reminder));
        tick.Trigger(ticked);
    }

    [Tamed] private partial void TakeBehindTheEnd(Event<string> answer);

    private void TakeBehindTheEndBody(Event<string> answer)
    {
        try
        {
            twait(e => _items.Reader.Receive(e), out int item);
            answer.Trigger($"item {item}");
        }
        catch (System.Threading.Channels.ChannelClosedException closed)
        {
            answer.Trigger(closed.InnerException?.Message ?? "no reason");
        }
    }
}
