using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Tame;

// What a loop shows of itself to metrics, to tools and to its program.
public sealed partial class EventLoop
{
    /// <summary>How long the loop has been awake.</summary>
    internal BusyTime BusyTime;

    /// <summary>Each call gets a span.</summary>
    internal bool TracesCalls => (_duties & PassDuties.Trace) != 0;

    /// <summary>What the last measurement of it was.</summary>
    internal BusyShare BusyShare => Volatile.Read(ref _busyShare) ?? Interlocked.CompareExchange(ref _busyShare, new BusyShare(BusyTime.Read()), null) ?? _busyShare;

    private readonly int _number;
    private DelayProbe? _delayProbe;
    private BusyShare? _busyShare;

    /// <summary>The loop is one of <see cref="LiveLoops"/>.</summary>
    internal bool IsListed { get; private init; }

    /// <summary>The name that <see cref="EventLoopOptions.Name"/> gave, or else <c>loop</c> and a number, which no other loop of the process has. Any thread may ask.</summary>
    public string Name => field ??= string.Create(CultureInfo.InvariantCulture, $"loop {_number}");

    /// <summary>What the loop has done, and what it holds now. Any thread may ask; it allocates a little, and disturbs the loop not at all.</summary>
    public LoopStatistics Statistics => new()
    {
        Name = Name,
        LiveCalls = Pools.CountLiveCalls(),
        BlockedCalls = Calls.BlockedCount,
        EventsMade = Numbers.ReadMade(),
        EventsCompleted = Numbers.Completed,
        EventsLost = Suspicions.Lost,
        ReadyLength = ReadyLength,
        Timers = Timers.Count,
        DescriptorWaits = _descriptors?.WaitCount ?? 0,
        Busy = BusyTime.Read(),
        LastLosses = Suspicions.LastLosses,
    };

    /// <summary>The loop's name as an attribute of its measurements.</summary>
    internal KeyValuePair<string, object?> NameTag => new(LoopMetrics.LoopName, Name);

    /// <summary>
    /// From now on the signal prints all calls that wait in this process, loop by loop, as the tree that <see cref="BlockedTree"/> gives, and the program goes on.
    /// <c>kill -QUIT</c> with the program's id sends <see cref="PosixSignal.SIGQUIT"/>, and so does Ctrl+\ in a terminal.
    /// </summary>
    /// <param name="signal">The signal.</param>
    /// <param name="writer">Where to print; null for the standard error. It is used on a thread of the runtime's.</param>
    /// <returns>Dispose it to leave the signal as it was.</returns>
    /// <remarks>Any thread may call it. A loop that does not answer within a second, since it runs a long action, is named without its calls.</remarks>
    /// <exception cref="PlatformNotSupportedException">This system has no such signal.</exception>
    public static IDisposable PrintBlockedOn(PosixSignal signal, TextWriter? writer = null) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            BlockedCallsPrinter.Print(writer ?? Console.Error);
        });

    /// <summary>A pass while some listener wants to know of each.</summary>
    private bool MeasuredPass()
    {
        if (Ready.Count != 0 && LoopMetrics.MeasuresDelays && _delayProbe is not { IsQueued: true })
            (_delayProbe ??= new DelayProbe()).Queue(this);
        long began = Stopwatch.GetTimestamp();
        bool ran = Pass();
        if (ran)
            LoopMetrics.RecordPass(this, began);
        return ran;
    }
}
