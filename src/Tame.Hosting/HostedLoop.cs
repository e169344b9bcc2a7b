using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tame.Hosting;

/// <summary>One loop of a host: its thread, the scope of its services, and its main.</summary>
internal sealed class HostedLoop : IDisposable
{
    /// <summary>What calls get to clean up where the host's time is over already.</summary>
    private static readonly TimeSpan s_lastGrace = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stopping = new();
    private readonly EventLoopThread _thread;
    private readonly AsyncServiceScope _scope;
    private readonly EventLoopContext _context;
    private readonly ILogger _logger;
    private Task _main = Task.CompletedTask;
    private volatile bool _isStopping;
    private volatile bool _hasFailed;

    public HostedLoop(int index, EventLoopHostingOptions options, IServiceProvider services, ILogger logger)
    {
        _logger = logger;
        _thread = EventLoopThread.Start(options.OptionsOf(index));
        _thread.Loop.UnhandledException += OnUnhandled;
        _scope = services.CreateAsyncScope();
        _context = new EventLoopContext(_scope.ServiceProvider, _thread.Loop, index, _stopping.Token);
        HostingLog.Started(logger, _thread.Name);
    }

    public EventLoop Loop => _thread.Loop;

    /// <summary>It ends, by a failure or with the host, or has ended.</summary>
    public bool IsEnding => _isStopping || _hasFailed || _thread.Completion.IsCompleted;

    /// <summary>A failure has ended it.</summary>
    public bool HasFailed => _hasFailed || _thread.Completion.IsFaulted;

    /// <summary>Ends with the loop; faults with the failure that ended it.</summary>
    public Task Completion => _thread.Completion;

    /// <summary>Starts main, and returns when it waits for the first time. Throws what main or the loop has failed with by then.</summary>
    public async Task StartAsync(StartMain main, CancellationToken cancellationToken)
    {
        _main = main(_context);
        // The first answer comes behind main's first part, and the second behind the reports of what has failed there.
        if (!await AnswersAsync(cancellationToken).ConfigureAwait(false) || !await AnswersAsync(cancellationToken).ConfigureAwait(false))
            await Completion.ConfigureAwait(false);
        if (_main.IsFaulted || _main.IsCanceled)
            await _main.ConfigureAwait(false);
        _ = WatchMainAsync();
    }

    /// <summary>
    /// Ends the loop: main may drain if it looks for the stop, then the calls are cancelled. If the token is cancelled, the host's time is over: what is left then is logged.
    /// </summary>
    public async Task StopAsync(TimeSpan drainTime, CancellationToken cancellationToken)
    {
        _isStopping = true;
        await TellOfStopAsync().ConfigureAwait(false);
        if (_context.AsksForStop && drainTime != TimeSpan.Zero && !Completion.IsCompleted)
            await DrainAsync(drainTime, cancellationToken).ConfigureAwait(false);
        _ = _thread.StopAsync(CancellationToken.None);
        if (!await EndsAsync(Completion, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false) && !await EndsAsync(Completion, s_lastGrace, default).ConfigureAwait(false))
        {
            HostingLog.Left(_logger, Loop.Name, await NameCallsAsync().ConfigureAwait(false));
            return;
        }
        await _scope.DisposeAsync().ConfigureAwait(false);
        Dispose();
        HostingLog.Ended(_logger, Loop.Name);
    }

    /// <summary>The loop has ended.</summary>
    public void Dispose() => _stopping.Dispose();

    /// <summary>False if the loop ends.</summary>
    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        var answer = _thread.InvokeAsync(e => e.Trigger(), cancellationToken);
        await answer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return answer.IsCompletedSuccessfully;
    }

    private async Task TellOfStopAsync()
    {
        try
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            HostingLog.StopFailed(_logger, Loop.Name, failure);
        }
    }

    private async Task DrainAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        if (!await EndsAsync(_main, time, cancellationToken).ConfigureAwait(false) && !cancellationToken.IsCancellationRequested)
            HostingLog.DrainOver(_logger, Loop.Name, time);
    }

    /// <summary>The calls that wait, as a tree; or that the loop does not say.</summary>
    private async Task<string> NameCallsAsync()
    {
        var tree = _thread.InvokeAsync<string>(e => e.Trigger(Loop.BlockedTree()));
        if (!await EndsAsync(tree, s_lastGrace, default).ConfigureAwait(false))
            return "its thread does not answer, since a call computes or blocks on it.";
        string calls = tree.IsCompletedSuccessfully ? await tree.ConfigureAwait(false) : "";
        return calls.Length == 0 ? "no call that waits." : $"\n{calls}";
    }

    /// <summary>False if the task is still under way after that time, or when the token is cancelled. It throws nothing of the task's.</summary>
    private static async Task<bool> EndsAsync(Task task, TimeSpan time, CancellationToken cancellationToken)
    {
        await task.WaitAsync(time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted;
    }

    /// <summary>
    /// A failure of main is one of its loop that nothing has handled. The loop knows whether a cancellation is its own, which is no failure; one that comes of the stop is none either.
    /// </summary>
    private async Task WatchMainAsync()
    {
        try
        {
            await _main.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_isStopping)
        {
            // It has come to its end.
        }
        catch (Exception failure)
        {
            await ReportAsync(failure).ConfigureAwait(false);
        }
    }

    /// <summary>Reports a failure on the loop; if that has ended, only the log is left.</summary>
    private async Task ReportAsync(Exception failure)
    {
        var report = _thread.InvokeAsync(e =>
        {
            Event.Detached.Fail(failure);
            e.Trigger();
        });
        await report.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!report.IsCompletedSuccessfully && failure is not OperationCanceledException)
            HostingLog.Unhandled(_logger, Loop.Name, FailedCall.NameOf(failure), failure);
    }

    /// <summary>It is judged later, on the loop or by the thread that ends the loop, since a handler of the program's may take it after this one.</summary>
    private void OnUnhandled(object? sender, TameUnhandledEventArgs arguments) => Loop.SynchronizationContext.Post(_ => Judge(arguments), null);

    private void Judge(TameUnhandledEventArgs arguments)
    {
        if (arguments.Handled)
            return;
        var failure = arguments.Exception;
        if (failure is TimeoutException && IsEnding)
        {
            HostingLog.Abandoned(_logger, Loop.Name, failure.Message);
            return;
        }
        _hasFailed = true;
        HostingLog.Unhandled(_logger, Loop.Name, FailedCall.NameOf(failure), failure);
    }
}
