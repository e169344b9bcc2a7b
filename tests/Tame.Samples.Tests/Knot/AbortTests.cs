using System.Diagnostics;
using Knot;

namespace Tame.Samples.Tests.Knot;

/// <summary>Clients that go at the wrong moment, against Knot as a process; <c>bench/Servers/soak</c> does so for minutes, under load.</summary>
public abstract class AbortTests : IDisposable
{
    private const string Request = "GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private readonly TemporaryRoot _root = new();
    private readonly Process _knot;
    private readonly int _port;

    protected AbortTests(Site site)
    {
        _root.Write("large.bin", new byte[4 << 20]);
        _root.Write("page.html", "page");
        _knot = Command.Start(KnotUnderTest.ProgramOf(site), "--port", "0", "--root", _root.Path);
        _port = new Uri(_knot.StandardOutput.ReadLine()!).Port;
        _ = _knot.StandardOutput.ReadToEndAsync(); // nobody looks, but a full pipe would stop it
        _ = _knot.StandardError.ReadToEndAsync();
    }

    [Fact]
    public void Clients_that_go_at_any_moment_leave_no_descriptor_open()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Descriptors are counted in /proc.");
        AssertServes();
        var random = new Random(17);
        for (int way = 0; way < 6; way++)
        {
            using var client = new Client(_port, receiveBuffer: 4096);
            GoWrong(client, way, random);       // what it needs of the framework is loaded
        }
        AssertServes();
        Thread.Sleep(500);
        int before = Descriptors;
        for (int round = 0; round < 20; round++)
        {
            var clients = Enumerable.Range(0, 20).Select(_ => new Client(_port, receiveBuffer: 4096)).ToList();
            foreach (var client in clients)
                GoWrong(client, random.Next(6), random);
            foreach (var client in clients)
                client.Dispose();
        }
        KnotUnderTest.Eventually(() => Descriptors <= before, $"{before} descriptors are open, as before");
        AssertServes();
        Assert.False(_knot.HasExited);
    }

    [Fact]
    public void The_last_answer_gets_through_though_the_client_goes_on_sending()
    {
        for (int i = 0; i < 500; i++)
        {
            using var client = new Client(_port);
            client.Send("GET /page.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            client.Send("more");
            Assert.Equal("page", client.Read().Text);
        }
    }

    public void Dispose()
    {
        _knot.Kill();
        _knot.WaitForExit();
        _knot.Dispose();
        _root.Dispose();
    }

    private int Descriptors => Directory.GetFileSystemEntries($"/proc/{_knot.Id}/fd").Length;

    private static void GoWrong(Client client, int way, Random random)
    {
        switch (way)
        {
            case 0: client.Abort(); break;                                          // before a word
            case 1: client.Send(Request[..random.Next(1, Request.Length)]); break;  // in the middle of a request
            case 2: client.Send(Request[..random.Next(1, Request.Length)]).Abort(); break;
            case 3: client.Send(Request).Receive(most: 1000); break;                // in the middle of a response
            case 4:
                client.Send(Request).Receive(most: 1000);
                client.Abort();
                break;
            default: client.Send(Request).ShutdownSend(); break;                    // half open
        }
    }

    private void AssertServes()
    {
        using var client = new Client(_port);
        Assert.Equal("page", client.Get("/page.html", "Connection: close\r\n").Text);
        Assert.True(client.IsAtEnd());
    }
}

public sealed class KnotAbortTests() : AbortTests(Site.Knot);

public sealed class HaboobAbortTests() : AbortTests(Site.Haboob);
