using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tame.Hosting;

/// <summary>One loop of a host: its thread, the scope of its services, and its main.</summary>
internal sealed class HostedLoop : IDisposable
{
    /// <summary>The time that calls get to clean up if the host's time is already over.</summary>
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

    /// <summary>Whether the loop is ending, because of a failure or with the host, or has ended.</summary>
    public bool IsEnding => _isStopping || _hasFailed || _thread.Completion.IsCompleted;

    /// <summary>Whether a failure has ended the loop.</summary>
    public bool HasFailed => _hasFailed || _thread.Completion.IsFaulted;

    /// <summary>Completes when the loop ends. If a failure ended the loop, it fails with that failure.</summary>
    public Task Completion => _thread.Completion;

    /// <summary>
    /// Starts main, and completes when main waits for the first time. Throws the failure of main or of the loop, if one has failed before that.
    /// </summary>
    public async Task StartAsync(StartMain main, CancellationToken cancellationToken)
    {
        _main = main(_context);
        // The first answer comes after main's first part, and the second after the reports of the failures in that part.
        if (!await AnswersAsync(cancellationToken).ConfigureAwait(false) || !await AnswersAsync(cancellationToken).ConfigureAwait(false))
            await Completion.ConfigureAwait(false);
        if (_main.IsFaulted || _main.IsCanceled)
            await _main.ConfigureAwait(false);
        _ = WatchMainAsync();
    }

    /// <summary>
    /// Ends the loop. Main gets time to drain if it uses the stop notification; then the calls are cancelled. If the token is cancelled, the host's time is
    /// over, and the remaining calls are logged.
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

    /// <summary>Called when the loop has ended.</summary>
    public void Dispose() => _stopping.Dispose();

    /// <summary>Waits for an answer of the loop. False if the loop ends.</summary>
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

    /// <summary>A text with the waiting calls, as a tree, or with the reason why they are not known.</summary>
    private async Task<string> NameCallsAsync()
    {
        var tree = _thread.InvokeAsync<string>(e => e.Trigger(Loop.BlockedTree()));
        if (!await EndsAsync(tree, s_lastGrace, default).ConfigureAwait(false))
            return "Its thread does not answer, because a call computes or blocks on it.";
        string calls = tree.IsCompletedSuccessfully ? await tree.ConfigureAwait(false) : "";
        return calls.Length == 0 ? "No call waits." : $"These calls wait:\n{calls}";
    }

    /// <summary>
    /// Waits for a task. False if it is still in progress after this time, or when the token is cancelled. It does not throw the task's exception.
    /// </summary>
    private static async Task<bool> EndsAsync(Task task, TimeSpan time, CancellationToken cancellationToken)
    {
        await task.WaitAsync(time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted;
    }

    /// <summary>
    /// Reports a failure of main as an unhandled failure of its loop. Cancellations that the loop itself causes, and those that the stop causes, are not
    /// failures.
    /// </summary>
    private async Task WatchMainAsync()
    {
        try
        {
            await _main.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_isStopping)
        {
            // The stop has ended main.
        }
        catch (Exception failure)
        {
            await ReportAsync(failure).ConfigureAwait(false);
        }
    }

    /// <summary>Reports a failure on the loop. If the loop has ended, logs it.</summary>
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

    /// <summary>
    /// Decides later, on the loop or on the thread that ends it, because a handler of the program that runs after this one may handle the failure.
    /// </summary>
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
