using System.Diagnostics;
using Tame.Load;

namespace Tame.Comparison.Mix;

/// <summary>Looks at a server's processes now and then while a load runs, from the end of its warm-up.</summary>
internal sealed class UsageWatch : IDisposable
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(500);
    private readonly int _server;
    private readonly TimeSpan _warmUp;
    private readonly TimeSpan _duration;
    private readonly ManualResetEventSlim _end = new();
    private readonly Thread _thread;

    public UsageWatch(int server, TimeSpan warmUp, TimeSpan duration)
    {
        (_server, _warmUp, _duration) = (server, warmUp, duration);
        _thread = new Thread(Look);
        _thread.Start();
    }

    /// <summary>The most of each that was seen. Its processor time is that of the part that counts.</summary>
    public ProcessUsage Most { get; private set; }

    /// <summary>Proportional resident memory at the end of the part that counts.</summary>
    public long Proportional { get; private set; }

    /// <summary>Which part of a core the server used.</summary>
    public double ServerBusy { get; private set; }

    /// <summary>Which part of a core this process used.</summary>
    public double LoadBusy { get; private set; }

    /// <summary>Waits for the end of the part that counts.</summary>
    public void Wait() => _thread.Join();

    public void Dispose()
    {
        _end.Set();
        _thread.Join();
        _end.Dispose();
    }

    private void Look()
    {
        if (_end.Wait(_warmUp))
            return;
        var clock = Stopwatch.StartNew();
        var (before, ours) = (ProcessTree.Usage(_server), Environment.CpuUsage.TotalTime);
        var most = before;
        ProcessUsage now;
        do
        {
            _end.Wait(Min(s_step, _duration - clock.Elapsed));
            now = ProcessTree.Usage(_server);
            most = new ProcessUsage(now.Processor - before.Processor, Math.Max(most.Resident, now.Resident), Math.Max(most.Virtual, now.Virtual), Math.Max(most.Threads, now.Threads), Math.Max(most.Processes, now.Processes));
        }
        while (clock.Elapsed < _duration && !_end.IsSet);
        double seconds = clock.Elapsed.TotalSeconds;
        (ServerBusy, LoadBusy) = (most.Processor.TotalSeconds / seconds, (Environment.CpuUsage.TotalTime - ours).TotalSeconds / seconds);
        (Most, Proportional) = (most, ProcessTree.Proportional(_server));
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other > TimeSpan.Zero ? other : TimeSpan.Zero;
}
