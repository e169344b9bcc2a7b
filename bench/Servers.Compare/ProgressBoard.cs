using Spectre.Console;

namespace Tame.Comparison;

/// <summary>How far a run is. The thread that measures writes it, another one shows it.</summary>
internal sealed class ProgressBoard : IProgress<long>
{
    private readonly Lock _lock = new();
    private readonly bool _showsLines;
    private double _expected;
    private double _before;
    private double _current;
    private long _start;
    private string _step = "";
    private long _answers;

    /// <param name="expected">How many seconds all steps are thought to take.</param>
    /// <param name="showsLines">Each step is a line of the error stream, for where there is no terminal.</param>
    public ProgressBoard(double expected, bool showsLines) => (_expected, _showsLines) = (expected, showsLines);

    /// <summary>A step begins, and the one before has ended.</summary>
    public void Begin(string step, double seconds)
    {
        lock (_lock)
        {
            _before += _current;
            (_step, _current, _start, _answers) = (step, seconds, TimeProvider.System.GetTimestamp(), 0);
            _expected = Math.Max(_expected, _before + _current);
        }
        if (_showsLines)
            Console.Error.WriteLine($"[{_before / _expected,4:P0}] {step}");
    }

    /// <summary>Steps that were to take so long are left out.</summary>
    public void Skip(double seconds)
    {
        lock (_lock)
            _expected = Math.Max(_expected - seconds, _before + _current);
    }

    void IProgress<long>.Report(long value) => Interlocked.Exchange(ref _answers, value);

    /// <summary>Shows it on the terminal until some work has ended, which runs on a thread of its own.</summary>
    public void ShowUntilEnd(Thread working)
    {
        if (_showsLines)
        {
            working.Join();
            return;
        }
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Progress().Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }).Start(shown =>
        {
            var bar = shown.AddTask("", maxValue: _expected);
            while (!working.Join(200))
            {
                lock (_lock)
                {
                    bar.MaxValue = _expected;
                    bar.Value = _before + Math.Min(_current, TimeProvider.System.GetElapsedTime(_start).TotalSeconds);
                    bar.Description = Markup.Escape(_answers > 0 ? $"{_step}: {_answers:N0} answers" : _step);
                }
            }
            bar.Value = bar.MaxValue;
        });
    }
}
