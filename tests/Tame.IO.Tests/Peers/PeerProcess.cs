using System.Globalization;

namespace Tame.IO.Tests.Peers;

/// <summary>This program in another process, as the other side of a test.</summary>
internal sealed partial class PeerProcess : IDisposable
{
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(120);
    private readonly ChildProcess _process;
    private readonly Reader _answers;

    private PeerProcess(ChildProcess process) => (_process, _answers) = (process, new Reader(process.StandardOutput));

    /// <summary>Starts one. Its network is that of the loop.</summary>
    [Tamed]
    public static partial void Start(string[] args, Event<PeerProcess> started);

    private static void StartBody(string[] args, Event<PeerProcess> started)
    {
        var options = new ChildProcessOptions("dotnet")
        {
            Arguments = [typeof(PeerProcess).Assembly.Location, "peer", .. args],
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        twait(e => ChildProcess.Start(options, e), out ChildProcess process);
        started.Trigger(new PeerProcess(process));
    }

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Says a word, and waits for the answer.</summary>
    [Tamed]
    public partial void Ask(string word, Event<string> answer);

    private void AskBody(string word, Event<string> answer)
    {
        twait(e => _process.StandardInput.Send(System.Text.Encoding.UTF8.GetBytes(word + "\n"), e));
        twait(e => Hear(e), out string line);
        answer.Trigger(line);
    }

    /// <summary>Waits for its next line.</summary>
    [Tamed]
    public partial void Hear(Event<string> answer);

    private void HearBody(Event<string> answer)
    {
        twait(e => _answers.ReadLine(e.WithTimeout(s_hang)), out string? line);
        answer.Trigger(line ?? throw new EndOfStreamException($"{_process} has ended."));
    }

    /// <summary>Lets it end by itself, and waits for that.</summary>
    [Tamed]
    public partial void End(Event<int> exitCode);

    private void EndBody(Event<int> exitCode)
    {
        _process.StandardInput.CloseSend();
        twait(e => _process.WaitForExit(e.WithTimeout(s_hang)), out int code);
        exitCode.Trigger(code);
    }

    /// <summary>Kills it, and waits until it is gone.</summary>
    [Tamed]
    public partial void Kill(Event done);

    private void KillBody(Event done)
    {
        _process.Kill();
        twait(e => _process.WaitForExit(e.WithTimeout(s_hang)), out int _);
        done.Trigger();
    }

    public void Dispose()
    {
        _answers.Dispose();
        _process.Dispose();
    }
}
