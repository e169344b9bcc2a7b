using System.Diagnostics;

namespace Tame.IO;

/// <summary>A process that a loop started. It belongs to that loop, and its members are for the loop's thread, except for <see cref="Kill"/> and <see cref="Dispose"/>.</summary>
/// <remarks>
/// Killing it also kills its descendants, as <see cref="Process.Kill(bool)"/> does. If the process ends by itself, its descendants cannot be found. The system's record of an ended process is always
/// collected, so no zombie remains.
/// </remarks>
public sealed class ChildProcess : IDisposable
{
    private readonly EventLoop _loop;
    private readonly Process _process;
    private readonly string _name;
    private readonly List<ExitWait> _waits = [];
    private readonly Connection? _input, _output, _error;
    private int? _exitCode;
    private int _isDisposed;

    private ChildProcess(EventLoop loop, Process process, ChildProcessOptions options, bool isPortable)
    {
        (_loop, _process) = (loop, process);
        Id = process.Id;
        _name = $"{options.FileName} (process {Id})";
        if (options.RedirectStandardInput)
            _input = StandardStream.Of(process.StandardInput.BaseStream, $"the standard input of {_name}", canReceive: false, isPortable);
        if (options.RedirectStandardOutput)
            _output = StandardStream.Of(process.StandardOutput.BaseStream, $"the standard output of {_name}", canReceive: true, isPortable);
        if (options.RedirectStandardError)
            _error = StandardStream.Of(process.StandardError.BaseStream, $"the standard error of {_name}", canReceive: true, isPortable);
        process.Exited += (_, _) => NoteExit();
        process.EnableRaisingEvents = true;
    }

    /// <summary>The number of the process.</summary>
    public int Id { get; }

    /// <summary>The exit code, or 128 and the number of the signal that ended the process; null while it runs.</summary>
    public int? ExitCode => _exitCode;

    /// <summary>Sends bytes to the process. <see cref="Connection.CloseSend"/> ends its input.</summary>
    /// <exception cref="InvalidOperationException">It was not redirected.</exception>
    public Connection StandardInput => _input ?? throw NotRedirected(nameof(ChildProcessOptions.RedirectStandardInput));

    /// <summary>Receives the output of the process. While nothing is received, the process blocks as soon as the pipe is full.</summary>
    /// <remarks>The stream ends when no process has it open: a descendant that inherited the stream may keep it open after the process has ended.</remarks>
    /// <exception cref="InvalidOperationException">It was not redirected.</exception>
    public Connection StandardOutput => _output ?? throw NotRedirected(nameof(ChildProcessOptions.RedirectStandardOutput));

    /// <summary><inheritdoc cref="StandardOutput" path="/summary/node()"/></summary>
    /// <inheritdoc cref="StandardOutput" path="/remarks|/exception"/>
    public Connection StandardError => _error ?? throw NotRedirected(nameof(ChildProcessOptions.RedirectStandardError));

    /// <summary>Starts a process.</summary>
    /// <param name="options">The program and its options.</param>
    /// <param name="started">Gets the process, which the receiver owns. If something else completes the event first, the process is killed.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop, or the file name is empty.</exception>
    public static void Start(ChildProcessOptions options, Event<ChildProcess> started) => Start(options, isPortable: false, started);

    internal static void Start(ChildProcessOptions options, bool isPortable, Event<ChildProcess> started)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (string.IsNullOrEmpty(options.FileName))
            throw new ArgumentException("The options do not name a program. Set ChildProcessOptions.FileName.", nameof(options));
        var loop = EventLoop.Current ?? throw Errors.NoLoop();
        if (Operation.Admits(started.Unblocker, loop))
            new StartWork(loop, options, isPortable).StartProcess(started);
    }

    /// <summary>Waits for the end of the process.</summary>
    /// <param name="exited">
    /// Gets the exit code. If a time limit or a cancellation completes the event first, the process is killed. So a call that stops waiting for a program leaves no process behind.
    /// </param>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    public void WaitForExit(Event<int> exited)
    {
        if (!LoopThread.HasEntered(_loop))
            throw Errors.WrongThread("This process", _loop);
        if (!Operation.Admits(exited.Unblocker, _loop))
            return;
        if (_exitCode is { } code)
            exited.Trigger(code);
        else
            new ExitWait(this).Start(exited);
    }

    /// <summary>Starts to kill the process and its descendants, and does not wait for it. If the process has ended, nothing happens. Thread-safe.</summary>
    public void Kill() => Killing.Start(_process);

    /// <summary>Kills the process if it runs, and closes its streams. Waits for its exit continue. Thread-safe.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        Kill();
        _input?.Dispose();
        _output?.Dispose();
        _error?.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => _name;

    private static InvalidOperationException NotRedirected(string option) => new($"The stream was not redirected: the child uses this process's stream. Set ChildProcessOptions.{option} to redirect it.");

    /// <summary>Called on the pool, once.</summary>
    private void NoteExit()
    {
        int code = _process.ExitCode;
        _process.Dispose();
        _loop.Send(new ExitMessage(this, code));
    }

    private void End(int code)
    {
        _exitCode = code;
        var waits = _waits.ToArray();
        _waits.Clear();
        foreach (var wait in waits)
            wait.End(code);
    }

    /// <summary>One event that waits for the exit.</summary>
    private sealed class ExitWait(ChildProcess child) : Hook
    {
        private Event<int> _event;
        private bool _isOver;

        public void Start(Event<int> exited)
        {
            _event = exited;
            child._waits.Add(this);
            child._loop.AddOutsideWork();
            Event.OnCompleted(exited.Unblocker, this);
        }

        public void End(int code)
        {
            _isOver = true;
            child._loop.RemoveOutsideWork();
            _event.Trigger(code);
        }

        internal override void Completed(EventLoop loop)
        {
            if (_isOver)
                return;
            _isOver = true;
            loop.RemoveOutsideWork();
            child._waits.Remove(this);
            child.Kill();
            _event.Unblocker.ReturnLifeline();
        }
    }

    /// <summary>Tells the loop of the exit.</summary>
    private sealed class ExitMessage(ChildProcess child, int code) : Message
    {
        internal override void Run(EventLoop loop) => child.End(code);

        internal override void Drop(EventLoop loop)
        {
        }
    }

    /// <summary>Starts the process on the pool, and creates its connections on the loop's thread.</summary>
    private sealed class StartWork(EventLoop loop, ChildProcessOptions options, bool isPortable) : PoolWork(loop)
    {
        private readonly EventLoop _loop = loop;
        private Process? _process;

        public void StartProcess(Event<ChildProcess> started) => Start(started.Unblocker);

        protected override void RunOnPool() => _process = StandardStream.Start(options);

        protected override void Succeed(Event e)
        {
            var child = new ChildProcess(_loop, _process!, options, isPortable);
            if (!e.Typed<ChildProcess>().Trigger(child))
                child.Dispose();
        }

        protected override void Abandon()
        {
            if (_process is { } process)
                Killing.Start(process, disposes: true);
        }
    }
}
