using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tame.IO;

/// <summary>What a trimmer or a compiler ahead of time could break in TLS: a certificate, the handshake of both sides, and bytes both ways.</summary>
internal static partial class Secrets
{
    private static readonly X509Certificate2 s_certificate = MakeCertificate();

    [Tamed] public static partial void Start(Event done);

    private static void StartBody(Event done)
    {
        using var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        using (twait())
        {
            Answer(listener, mkevent());
            Ask(((IPEndPoint)listener.LocalEndPoint).Port, mkevent());
        }
        done.Trigger();
    }

    [Tamed] private static partial void Answer(Listener listener, Event done);

    private static void AnswerBody(Listener listener, Event done)
    {
        twait(e => listener.Accept(e), out Connection client);
        twait(e => Tls.Accept(client, new SslServerAuthenticationOptions { ServerCertificate = s_certificate }, e.WithTimeout(TimeSpan.FromMinutes(1))), out Connection secure);
        using var closing = secure;
        using var reader = new Reader(secure);
        using var writer = new Writer(secure);
        twait(e => reader.ReadLine(e), out string? line);
        writer.WriteLine(line is null ? "" : line.ToUpperInvariant());
        twait(e => writer.Flush(e));
        done.Trigger();
    }

    [Tamed] private static partial void Ask(int port, Event done);

    private static void AskBody(int port, Event done)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate?.GetCertHashString() == s_certificate.GetCertHashString(),
        };
        twait(e => Network.Current.Connect("localhost", port, e), out Connection server);
        twait(e => Tls.Connect(server, options, e.WithTimeout(TimeSpan.FromMinutes(1))), out Connection secure);
        using var closing = secure;
        using var reader = new Reader(secure);
        using var writer = new Writer(secure);
        writer.WriteLine("a secret");
        twait(e => writer.Flush(e));
        twait(e => reader.ReadLine(e), out string? line);
        Console.WriteLine($"encrypted: {line}, {Tls.StreamOf(secure)?.IsEncrypted}");
        done.Trigger();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
