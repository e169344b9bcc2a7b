using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Tame.Package.Tests.Templates;

/// <summary>A server made from the template, as a process, and clients that use it well and badly.</summary>
internal sealed class RunningServer(string folder, params string[] command) : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private readonly Process _process = Dotnet.Start(folder, [], command);

    /// <summary>It sends back what comes, whichever client vanishes meanwhile. After a signal it serves the client that is left, and its process ends with that client.</summary>
    public async Task ServesUntilAsync(string signal)
    {
        using var limit = new CancellationTokenSource(s_limit);
        var first = await _process.StandardOutput.ReadLineAsync(limit.Token);
        Assert.Matches(@"^listening on port \d+; Ctrl\+C stops$", first);
        int port = int.Parse(first!.Split(' ', ';')[3], CultureInfo.InvariantCulture);

        using var client = await ConnectAsync(port, limit.Token);
        using (var hasty = await ConnectAsync(port, limit.Token))
        {
            await EchoesAsync(hasty, 1, limit.Token);
            hasty.Client.Close(timeout: 0);
        }

        // More than sockets hold, so that the server has to wait for a client that does not read yet.
        await EchoesAsync(client, 8 << 20, limit.Token);

        using (var kill = Process.Start("sh", ["-c", $"kill -{signal} {_process.Id}"]))
            await kill.WaitForExitAsync(limit.Token);
        await RefusesAsync(port, limit.Token);
        await EchoesAsync(client, 1, limit.Token);
        client.Client.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await client.Client.ReceiveAsync(new byte[1], limit.Token));
        var rest = await _process.StandardOutput.ReadToEndAsync(limit.Token);
        await _process.WaitForExitAsync(limit.Token);
        Assert.StartsWith("a client is lost: ", rest);
        Assert.EndsWith("\nstopped\n", rest.ReplaceLineEndings("\n"));
        Assert.Equal((0, ""), (_process.ExitCode, await _process.StandardError.ReadToEndAsync(limit.Token)));
    }

    /// <summary>Whether this process ignores SIGINT, and with it what it starts.</summary>
    public static bool InterruptIsIgnored()
    {
        const string Status = "/proc/self/status";
        var mask = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) : null;
        return mask is not null && (Convert.ToUInt64(mask["SigIgn:".Length..].Trim(), 16) & 0b10) != 0;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static async Task<TcpClient> ConnectAsync(int port, CancellationToken cancellation)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
        return client;
    }

    /// <summary>Waits until the server has closed its listener. That resets a connection that the server has not accepted yet.</summary>
    private static async Task RefusesAsync(int port, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                using var late = await ConnectAsync(port, cancellation);
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
            {
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused)
            {
                return;
            }

            await Task.Delay(10, cancellation);
        }
    }

    private static async Task EchoesAsync(TcpClient client, int count, CancellationToken cancellation)
    {
        var sent = RandomNumberGenerator.GetBytes(count);
        var received = new byte[count];
        var stream = client.GetStream();
        var sending = stream.WriteAsync(sent, cancellation).AsTask();
        await Task.Delay(count == 1 ? 0 : 200, cancellation);
        await stream.ReadExactlyAsync(received, cancellation);
        await sending;
        Assert.Equal(sent, received);
    }
}
