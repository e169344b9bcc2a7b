using System.Diagnostics;
using HdrHistogram;
using Microsoft.Win32.SafeHandles;
using Tame.Load;

namespace Tame.Comparison.Tasks;

/// <summary>
/// Tasks that each wait, as if for a disk or another machine, and then compute: they read 8 KB of a file that is in the system's memory, and add the bytes up. When a task has ended, the
/// next one begins in its place. SEDA's slides begin with such a picture.
/// </summary>
/// <param name="Side">Whether each task has a thread, or all have one loop.</param>
/// <param name="Tasks">How many there are at a time.</param>
/// <param name="WarmUp">How long they run before they count.</param>
/// <param name="Duration">How long they count.</param>
internal sealed partial record TaskLoad(TaskSide Side, int Tasks, TimeSpan WarmUp, TimeSpan Duration) : IDisposable
{
    private const int Bytes = 8 * 1024, StackBytes = 128 * 1024;
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(10);
    private readonly SafeFileHandle _file = MakeFile();
    private readonly LongConcurrentHistogram _times = new(1, 3_600_000_000_000, 3);
    private readonly ManualResetEventSlim _go = new();
    private long _start;
    private long _sum;
    private long _completed;
    private long _ticks;

    /// <summary>
    /// Runs tasks until the time is over. Nanoseconds are between the moments when a task begins and when it has computed. Those that began in the time that counts and ended later are among
    /// them: without these, tasks that hardly ever get the core would not be seen.
    /// </summary>
    public LongHistogram Run()
    {
        var looking = new Thread(Look);
        looking.Start();
        if (Side == TaskSide.Threads)
            RunThreads();
        else
            EventLoop.Run(RunCalls);
        looking.Join();
        var copy = new LongHistogram(1, 3_600_000_000_000, 3);
        copy.Add(_times);
        return copy;
    }

    /// <summary>Tasks that ended in the time that counts.</summary>
    public long Completed => Interlocked.Read(ref _completed);

    /// <summary>How long a task took on average.</summary>
    public TimeSpan Mean => TimeSpan.FromTicks(Interlocked.Read(ref _ticks) / Math.Max(1, _times.TotalCount));

    /// <summary>What this process used while the tasks ran.</summary>
    public ProcessUsage Usage { get; private set; }

    public void Dispose()
    {
        _file.Dispose();
        _go.Dispose();
    }

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    private bool IsOver => Elapsed >= WarmUp + Duration;

    /// <summary>Tasks do not begin all at the same moment.</summary>
    private TimeSpan Delay(int task) => s_wait * task / Tasks;

    private void Go()
    {
        _start = Stopwatch.GetTimestamp();
        _go.Set();
    }

    private void Look()
    {
        _go.Wait();
        Thread.Sleep(WarmUp + (Duration / 2));
        Usage = ProcessTree.Usage(Environment.ProcessId);
    }

    private void RunThreads()
    {
        var threads = new Thread[Tasks];
        for (int i = 0; i < Tasks; i++)
        {
            var delay = Delay(i);
            threads[i] = new Thread(() => RunThread(delay), StackBytes);
            threads[i].Start();
        }
        Go();       // all of them are there
        foreach (var thread in threads)
            thread.Join();
    }

    private void RunThread(TimeSpan delay)
    {
        Thread.Sleep(delay);
        while (!_go.IsSet)
            Thread.Sleep(Math.Clamp(Tasks / 10, 1, 1000));       // a gate that opens for thousands at once would be a crowd at its lock

        while (!IsOver)
        {
            var begin = Elapsed;
            Thread.Sleep(s_wait);
            Compute(begin);
        }
    }

    [Tamed] private partial void RunCalls(Event done);

    private void RunCallsBody(Event done)
    {
        Go();
        using (twait())
        {
            for (int i = 0; i < Tasks; i++)
                RunCall(Delay(i), mkevent());
        }
        done.Trigger();
    }

    [Tamed] private partial void RunCall(TimeSpan delay, Event done);

    private void RunCallBody(TimeSpan delay, Event done)
    {
        twait(e => timer(delay, e));
        while (!IsOver)
        {
            var begin = Elapsed;
            twait(e => timer(s_wait, e));
            Compute(begin);
        }
        done.Trigger();
    }

    private void Compute(TimeSpan begin)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        RandomAccess.Read(_file, bytes, 0);
        long sum = 0;
        foreach (byte one in bytes)
            sum += one;
        Interlocked.Add(ref _sum, sum);
        var end = Elapsed;
        if (end >= WarmUp && end < WarmUp + Duration)
            Interlocked.Increment(ref _completed);
        if (end >= WarmUp && begin < WarmUp + Duration)
        {
            _times.RecordValue(Math.Max(1, (long)(end - begin).TotalNanoseconds));
            Interlocked.Add(ref _ticks, (end - begin).Ticks);
        }
    }

    private static SafeFileHandle MakeFile()
    {
        var file = File.OpenHandle(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        RandomAccess.Write(file, new byte[Bytes], 0);
        return file;
    }
}

/// <summary>What carries the tasks.</summary>
internal enum TaskSide
{
    /// <summary>A thread with a small stack for each.</summary>
    Threads,

    /// <summary>A tamed call for each, all on one loop.</summary>
    Loop,
}
