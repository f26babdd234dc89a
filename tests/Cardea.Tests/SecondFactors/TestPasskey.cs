using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Cardea.Data;
using Cardea.Features.SecondFactors;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Identity;

namespace Cardea.Tests.SecondFactors;

/// <summary>What an authenticator and the browser before it say; a test may change it before it is signed.</summary>
public sealed class PasskeyAnswer
{
    public const byte Present = 0x01, Verified = 0x04, MayBeCopied = 0x08, HasKey = 0x40;

    public required string Type { get; set; }

    public required string Challenge { get; set; }

    public string Origin { get; set; } = "https://localhost";

    public string? TopOrigin { get; set; }

    public bool CrossOrigin { get; set; }

    public string Party { get; set; } = "localhost";

    public required byte Flags { get; set; }

    public required uint Count { get; set; }

    /// <summary>As the browser names it.</summary>
    public required byte[] Id { get; set; }

    /// <summary>As the authenticator attests it.</summary>
    public required byte[] AttestedId { get; set; }

    public required byte[] Key { get; set; }

    public string? UserHandle { get; set; }

    /// <summary>Of the signature, the byte to be turned round.</summary>
    public int? Tampered { get; set; }

    public byte[] ClientData => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["type"] = Type,
        ["challenge"] = Challenge,
        ["origin"] = Origin,
        ["crossOrigin"] = CrossOrigin,
        ["topOrigin"] = TopOrigin,
    });

    public byte[] AuthenticatorData
    {
        get
        {
            var count = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(count, Count);
            byte[] start = [.. SHA256.HashData(Encoding.UTF8.GetBytes(Party)), Flags, .. count];
            return (Flags & HasKey) == 0 ? start : [.. start, .. new byte[16], (byte)(AttestedId.Length >> 8), (byte)AttestedId.Length, .. AttestedId, .. Key];
        }
    }
}

/// <summary>A passkey in a person's device: signs what it is asked, as WebAuthn says.</summary>
public sealed class TestPasskey : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] Id { get; init; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>How often it has signed; 0 for one that does not count.</summary>
    public uint Count { get; set; } = 1;

    public bool MayBeCopied { get; init; }

    /// <summary>Which authenticators keep with a passkey: our subject for its owner.</summary>
    public string? UserHandle { get; set; }

    public byte[] PublicKey
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return Cose((1, 2), (3, -7), (-1, 1), (-2, point.X!), (-3, point.Y!));
        }
    }

    /// <summary>An RSA key for signatures with SHA-1, which nobody should accept any more.</summary>
    public static byte[] WeakKey()
    {
        using var key = RSA.Create(2048);
        var numbers = key.ExportParameters(includePrivateParameters: false);
        return Cose((1, 3), (3, -65535), (-1, numbers.Modulus!), (-2, numbers.Exponent!));
    }

    /// <summary>Makes itself for the options that a page gave: JSON as a browser sends it.</summary>
    public string Create(string options, Action<PasskeyAnswer>? change = null)
    {
        var asked = JsonNode.Parse(options)!;
        UserHandle = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(asked["user"]!["id"]!.GetValue<string>()));
        var answer = Answer("webauthn.create", asked, PasskeyAnswer.HasKey, change);
        var attestation = new CborWriter(CborConformanceMode.Ctap2Canonical, convertIndefiniteLengthEncodings: true);
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString(answer.AuthenticatorData);
        attestation.WriteEndMap();
        return Json(answer, new()
        {
            ["clientDataJSON"] = Text(answer.ClientData),
            ["attestationObject"] = Text(attestation.Encode()),
            ["transports"] = new JsonArray("internal"),
        });
    }

    /// <summary>Signs what a page asked: JSON as a browser sends it.</summary>
    public string Get(string options, Action<PasskeyAnswer>? change = null)
    {
        var answer = Answer("webauthn.get", JsonNode.Parse(options)!, 0, change);
        var signature = _key.SignData(
            [.. answer.AuthenticatorData, .. SHA256.HashData(answer.ClientData)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        if (answer.Tampered is { } position)
        {
            signature[position] ^= 0xFF;
        }

        return Json(answer, new()
        {
            ["clientDataJSON"] = Text(answer.ClientData),
            ["authenticatorData"] = Text(answer.AuthenticatorData),
            ["signature"] = Text(signature),
            ["userHandle"] = answer.UserHandle is null ? null : Text(Encoding.UTF8.GetBytes(answer.UserHandle)),
        });
    }

    public void Dispose() => _key.Dispose();

    private PasskeyAnswer Answer(string type, JsonNode asked, byte flags, Action<PasskeyAnswer>? change)
    {
        Count = Count == 0 ? 0 : Count + 1;
        var answer = new PasskeyAnswer
        {
            Type = type,
            Challenge = asked["challenge"]!.GetValue<string>(),
            Flags = (byte)(flags | PasskeyAnswer.Present | PasskeyAnswer.Verified | (MayBeCopied ? PasskeyAnswer.MayBeCopied : 0)),
            Count = Count,
            Id = Id,
            AttestedId = Id,
            Key = PublicKey,
            UserHandle = UserHandle,
        };
        change?.Invoke(answer);
        return answer;
    }

    private static string Json(PasskeyAnswer answer, JsonObject response) => new JsonObject
    {
        ["id"] = Text(answer.Id),
        ["rawId"] = Text(answer.Id),
        ["type"] = "public-key",
        ["clientExtensionResults"] = new JsonObject(),
        ["response"] = response,
    }.ToJsonString();

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private static byte[] Cose(params (int Label, object Value)[] entries)
    {
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
        writer.WriteStartMap(entries.Length);
        foreach (var (label, value) in entries)
        {
            writer.WriteInt32(label);
            if (value is byte[] bytes)
            {
                writer.WriteByteString(bytes);
            }
            else
            {
                writer.WriteInt32((int)value);
            }
        }

        writer.WriteEndMap();
        return writer.Encode();
    }
}

public static class TestPasskeys
{
    public static readonly (string, string)[] Settings =
    [
        ("Cardea:PublicAddress", "https://localhost"), ("Cardea:SecondFactors:Scope", "ByAccount"), ("Cardea:SecondFactors:Allowed", "Passkey"),
    ];

    extension(CardeaApp app)
    {
        /// <summary>As if the person had set it up some time ago.</summary>
        public async Task<TestPasskey> AddPasskeyAsync(TestPerson person, uint count = 1, bool mayBeCopied = false)
        {
            var passkey = new TestPasskey { Count = count, MayBeCopied = mayBeCopied };
            passkey.UserHandle = await app.ReadAsync(db => db.Accounts.Where(a => a.Id == person.Id).Select(a => a.UserName).SingleAsync());
            await app.WriteAsync(db =>
            {
                db.Add(new Factor
                {
                    Id = app.Clock.NewId(),
                    AccountId = person.Id,
                    Kind = FactorKinds.Passkey,
                    CredentialId = passkey.Id,
                    SignCount = count,
                    AddedAt = app.Clock.Now.AddDays(-1),
                });
                db.Add(new IdentityUserPasskey<Guid>
                {
                    UserId = person.Id,
                    CredentialId = passkey.Id,
                    Data = new()
                    {
                        PublicKey = passkey.PublicKey,
                        IsUserVerified = true,
                        IsBackupEligible = mayBeCopied,
                        AttestationObject = [],
                        ClientDataJson = [],
                    },
                });
                return db.SaveChangesAsync();
            });
            return passkey;
        }

        /// <summary>Sends an answer with the form of the page that is shown, as its script would.</summary>
        public Task ShowPasskeyAsync(PersonBrowser browser, string credential) => browser.SubmitAsync(app.PasskeyFormOf(browser, credential));

        public PageForm PasskeyFormOf(PersonBrowser browser, string credential)
        {
            var form = browser.Document.QuerySelector("form[data-passkey]") as IHtmlFormElement ?? throw new InvalidOperationException($"{browser.Url} asks for no passkey.");
            var filled = PageForm.Of(form, (IHtmlElement)form.QuerySelector("button")!, new(app.Address, browser.Url));
            filled["Input.Code"] = credential;
            return filled;
        }
    }

    extension(PersonBrowser browser)
    {
        /// <summary>What the page would have its script ask of an authenticator.</summary>
        public string PasskeyOptions => browser.Document.QuerySelector("form[data-passkey]")!.GetAttribute("data-options")!;
    }
}
