using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Tame;

// The loop's state for metrics, for tools, and for its program.
public sealed partial class EventLoop
{
    /// <summary>How long the loop has been awake.</summary>
    internal BusyTime BusyTime;

    /// <summary>Whether each call gets a span.</summary>
    internal bool TracesCalls => (_duties & PassDuties.Trace) != 0;

    /// <summary>Measures the share of time in which the loop is busy. Created on first use.</summary>
    internal BusyShare BusyShare => Volatile.Read(ref _busyShare) ?? Interlocked.CompareExchange(ref _busyShare, new BusyShare(BusyTime.Read()), null) ?? _busyShare;

    private readonly int _number;
    private DelayProbe? _delayProbe;
    private BusyShare? _busyShare;

    /// <summary>Whether the loop is one of <see cref="LiveLoops"/>.</summary>
    internal bool IsListed { get; private init; }

    /// <summary>
    /// The name from <see cref="EventLoopOptions.Name"/>. Otherwise <c>loop</c> and a number that no other loop of the process has. Any thread may read it.
    /// </summary>
    public string Name => field ??= string.Create(CultureInfo.InvariantCulture, $"loop {_number}");

    /// <summary>
    /// The numbers of what the loop has done so far and holds now. Any thread may read it. It allocates a little memory and does not disturb the loop.
    /// </summary>
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
    /// Makes a signal print all waiting calls of this process, loop by loop, as the tree of <see cref="BlockedTree"/>. The program continues.
    /// <c>kill -QUIT</c> with the process id sends <see cref="PosixSignal.SIGQUIT"/>, and so does Ctrl+\ in a terminal.
    /// </summary>
    /// <param name="signal">The signal.</param>
    /// <param name="writer">The writer to print to; null for standard error. A thread of the .NET runtime uses it.</param>
    /// <returns>Dispose it to restore the signal's previous behavior.</returns>
    /// <remarks>
    /// Any thread may call it. If a loop does not answer within a second, for example because it runs a long action, its calls are not printed.
    /// </remarks>
    /// <exception cref="PlatformNotSupportedException">This system does not have the signal.</exception>
    public static IDisposable PrintBlockedOn(PosixSignal signal, TextWriter? writer = null) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            BlockedCallsPrinter.Print(writer ?? Console.Error);
        });

    /// <summary>Makes a pass and measures it, while a listener requests it.</summary>
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
