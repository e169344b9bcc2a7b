using System.Diagnostics;

namespace ClusterProgram;

/// <summary>A silo in its own process. It ends with this process, because it ends when its standard input does.</summary>
internal sealed class SiloProcess : IDisposable
{
    private readonly Process _process;

    private SiloProcess(Process process) => _process = process;

    public static SiloProcess Start(string[] args)
    {
        string program = Environment.ProcessPath!;
        string[] start = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(SiloProcess).Assembly.Location, .. args] : args;
        return new SiloProcess(Process.Start(new ProcessStartInfo(program, start) { RedirectStandardInput = true, RedirectStandardOutput = true })!);
    }

    /// <summary>Completes when the silo is ready.</summary>
    public async Task Ready()
    {
        if (await _process.StandardOutput.ReadLineAsync() != "ready")
            throw new InvalidOperationException("A silo did not start.");
    }

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            _process.Kill();
        _process.Dispose();
    }
}
