using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cardea.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RecoveryAndLifecycle : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AccountActivity_LastSignInCompletedAt",
                table: "AccountActivity");

            migrationBuilder.AddColumn<long>(
                name: "InactivatedAt",
                table: "Accounts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "IdleSince",
                table: "AccountActivity",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.Sql(
                """
                UPDATE "AccountActivity" SET "IdleSince" = COALESCE(
                    "LastSignInCompletedAt", (SELECT a."CreatedAt" FROM "Accounts" AS a WHERE a."Id" = "AccountActivity"."AccountId"))
                WHERE "AccountId" IN (SELECT a."Id" FROM "Accounts" AS a WHERE a."Audience" = 'Staff')
                """);

            migrationBuilder.CreateTable(
                name: "AnswerTries",
                columns: table => new
                {
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Wrong = table.Column<int>(type: "INTEGER", nullable: false),
                    Answered = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AnswerTries", x => x.AccountId);
                    table.ForeignKey(
                        name: "FK_AnswerTries_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RecoveryRequests",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Payload = table.Column<byte[]>(type: "BLOB", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RecoveryRequests", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ResetLinks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SecretHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    SentTo = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    PasswordSetAt = table.Column<long>(type: "INTEGER", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ReplacedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ProvenAt = table.Column<long>(type: "INTEGER", nullable: true),
                    TicketHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    UsedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DeviceHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ResetLinks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ResetLinks_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SentNotices",
                columns: table => new
                {
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    About = table.Column<long>(type: "INTEGER", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SentNotices", x => new { x.AccountId, x.Kind, x.About });
                    table.ForeignKey(
                        name: "FK_SentNotices_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_PasswordSetAt",
                table: "Accounts",
                column: "PasswordSetAt");

            migrationBuilder.CreateIndex(
                name: "IX_AccountActivity_IdleSince",
                table: "AccountActivity",
                column: "IdleSince");

            migrationBuilder.CreateIndex(
                name: "IX_RecoveryRequests_MadeAt",
                table: "RecoveryRequests",
                column: "MadeAt");

            migrationBuilder.CreateIndex(
                name: "IX_ResetLinks_AccountId_DeviceHash",
                table: "ResetLinks",
                columns: new[] { "AccountId", "DeviceHash" });

            migrationBuilder.CreateIndex(
                name: "IX_ResetLinks_SecretHash",
                table: "ResetLinks",
                column: "SecretHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ResetLinks_TicketHash",
                table: "ResetLinks",
                column: "TicketHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SentNotices_MadeAt",
                table: "SentNotices",
                column: "MadeAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AnswerTries");

            migrationBuilder.DropTable(
                name: "RecoveryRequests");

            migrationBuilder.DropTable(
                name: "ResetLinks");

            migrationBuilder.DropTable(
                name: "SentNotices");

            migrationBuilder.DropIndex(
                name: "IX_Accounts_PasswordSetAt",
                table: "Accounts");

            migrationBuilder.DropIndex(
                name: "IX_AccountActivity_IdleSince",
                table: "AccountActivity");

            migrationBuilder.DropColumn(
                name: "InactivatedAt",
                table: "Accounts");

            migrationBuilder.DropColumn(
                name: "IdleSince",
                table: "AccountActivity");

            migrationBuilder.CreateIndex(
                name: "IX_AccountActivity_LastSignInCompletedAt",
                table: "AccountActivity",
                column: "LastSignInCompletedAt");
        }
    }
}
