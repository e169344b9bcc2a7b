using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Tame.Orleans.Tests.Grains;

/// <summary>What grains have to say that cannot answer any longer, by the keys of those grains. The silos are in this process.</summary>
internal static class Diary
{
    private static readonly ConcurrentDictionary<Guid, BlockingCollection<string>> s_lines = new();

    public static void Write(Guid grain, string line) => Of(grain).Add(line);

    /// <summary>The next line of a grain; fails when none comes.</summary>
    public static string Read(Guid grain)
    {
        Assert.True(Of(grain).TryTake(out string? line, Cluster.Hang), "The grain has written nothing.");
        return line;
    }

    public static string[] ReadAll(Guid grain) => [.. Of(grain)];

    private static BlockingCollection<string> Of(Guid grain) => s_lines.GetOrAdd(grain, static _ => []);
}

/// <summary>A grain that ends while tamed code waits in it.</summary>
public interface IEnding : IPlaced
{
    /// <summary>Starts a call that waits, and whose finally calls another grain and waits for it.</summary>
    Task StartInBackground();

    /// <summary>As the call that waits, but as a request.</summary>
    Task Wait();

    /// <summary>Starts a call that fails soon, and that nothing waits for.</summary>
    Task FailInBackground();

    Task<Guid> Activation();

    Task Deactivate();

    /// <summary>Asks to be deactivated, and then goes on for a while.</summary>
    Task<int> DeactivateAndGoOn();

    Task<int> Remember(int value);

    Task Migrate();
}

[TamedGrain]
[global::Orleans.Concurrency.Reentrant]
internal sealed partial class EndingGrain(ILocalSiloDetails silo) : Grain, IEnding, IGrainMigrationParticipant
{
    private readonly Guid _activation = Guid.NewGuid();
    private int _remembered;

    private Guid Key => this.GetPrimaryKey();

    public Task<string> Where() => Task.FromResult(silo.SiloAddress.ToString());

    public Task StartInBackground()
    {
        _ = this.GetEventLoop().InvokeAsync(done => WaitAndCleanUp(done));
        return Task.CompletedTask;
    }

    public Task Wait() => this.GetEventLoop().InvokeAsync(done => WaitAndCleanUp(done));

    public Task FailInBackground()
    {
        this.GetEventLoop().Post(() => FailSoon(Event.Detached));
        return Task.CompletedTask;
    }

    public Task<Guid> Activation() => Task.FromResult(_activation);

    public Task Deactivate()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<int> DeactivateAndGoOn() => this.GetEventLoop().InvokeAsync<int>(done => GoOn(done));

    public Task<int> Remember(int value)
    {
        _remembered += value;
        return Task.FromResult(_remembered);
    }

    public Task Migrate()
    {
        this.MigrateOnIdle();
        return Task.CompletedTask;
    }

    public void OnDehydrate(IDehydrationContext dehydrationContext)
    {
        Diary.Write(Key, "dehydrated");
        dehydrationContext.TryAddValue("remembered", _remembered);
    }

    public void OnRehydrate(IRehydrationContext rehydrationContext) => rehydrationContext.TryGetValue("remembered", out _remembered);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Diary.Write(Key, $"deactivated: {reason.ReasonCode} {reason.Description.ReplaceLineEndings("\n").Split('\n')[0]}");
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    [Tamed] private partial void WaitAndCleanUp(Event done);

    private void WaitAndCleanUpBody(Event done)
    {
        Diary.Write(Key, "waits");
        try
        {
            twait(e => timer(TimeSpan.FromHours(1), e));
        }
        finally
        {
            twait(GrainFactory.GetGrain<IWorker>(3).Square(12), out int square);
            Diary.Write(Key, $"finally {square}");
        }
        done.Trigger();
    }

    [Tamed] private partial void FailSoon(Event done);

    private void FailSoonBody(Event done)
    {
        twait(e => timer(TimeSpan.FromMilliseconds(5), e));
        throw new FormatException("in the background");
    }

    [Tamed] private partial void GoOn(Event<int> done);

    private void GoOnBody(Event<int> done)
    {
        DeactivateOnIdle();
        twait(e => timer(TimeSpan.FromMilliseconds(50), e));
        twait(GrainFactory.GetGrain<IWorker>(3).Square(5), out int square);
        done.Trigger(square);
    }
}
