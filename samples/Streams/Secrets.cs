using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tame.IO;

namespace StreamPrograms;

/// <summary>A client and a server that speak TLS.</summary>
public static partial class Secrets
{
    #region tls
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        using var certificate = MakeCertificate();
        var serverOptions = new SslServerAuthenticationOptions { ServerCertificate = certificate };
        var clientOptions = new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = (_, theirs, _, _) => theirs?.GetCertHashString() == certificate.GetCertHashString(),
        };
        twait(e => Programs.Pair(e), out Connection client, out Connection server);
        Connection near, far;
        using (twait())
        {
            Tls.Connect(client, clientOptions, mkevent(out near).WithTimeout(TimeSpan.FromSeconds(10)));
            Tls.Accept(server, serverOptions, mkevent(out far).WithTimeout(TimeSpan.FromSeconds(10)));
        }
        using (near)
        using (far)
        {
            using var reader = new Reader(far);
            twait(e => near.Send("a secret\n"u8.ToArray(), e));
            near.CloseSend();
            twait(e => reader.ReadLine(e), out string? line);
            twait(e => reader.ReadLine(e), out string? end);
            output.WriteLine($"{line}, then {(end is null ? "the end" : "more")}");
        }
        done.Trigger();
    }
    #endregion

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
